#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "vperf_cpuid.h"
#include "vperf_pmc_raw.h"

#define HOST_TSC 0x10000

#if defined(__x86_64__)

static int is_vmware(void)
{
    uint32_t registers[4];
    vperf_cpuid(1, 0, registers);
    if ((registers[2] & 1u << 31) == 0)
        return 0;
    vperf_cpuid(0x40000000, 0, registers);
    return memcmp(&registers[1], "VMwareVMware", 12) == 0;
}

int main(void)
{
    pid_t child = fork();
    CHECK(child >= 0, "cannot fork");
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        uint64_t first = 0;
        uint64_t second = 0;
        int32_t done = vperf_pmc_raw(HOST_TSC, &first) | vperf_pmc_raw(HOST_TSC, &second);
        _exit(done == 0 && first != 0 && second > first ? 0 : 1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child, "cannot wait");
    if (is_vmware() && WIFEXITED(status))
        CHECK(WEXITSTATUS(status) == 0, "the host's time counter does not advance");
    else
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "status %#x, not ended by SIGSEGV", status);
    return 0;
}

#else

int main(void)
{
    uint64_t value = 4711;
    CHECK(vperf_pmc_raw(HOST_TSC, &value) == -38, "RDPMC is said to exist here");
    CHECK(value == 4711, "the value was touched");
    return 0;
}

#endif
