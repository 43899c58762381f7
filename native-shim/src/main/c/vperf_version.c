#include "vperf_version.h"

int32_t vperf_abi_version(void)
{
    return VPERF_ABI_VERSION;
}
