#include "check.h"
#include "vperf_version.h"

int main(void)
{
    CHECK(vperf_abi_version() == VPERF_ABI_VERSION, "%d", vperf_abi_version());
    return 0;
}
