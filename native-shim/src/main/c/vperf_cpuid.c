#include "vperf_cpuid.h"

#if defined(__x86_64__)

#include <cpuid.h>

int32_t vperf_cpuid(uint32_t leaf, uint32_t subleaf, uint32_t *registers)
{
    __cpuid_count(leaf, subleaf, registers[0], registers[1], registers[2], registers[3]);
    return 0;
}

#else

int32_t vperf_cpuid(uint32_t leaf, uint32_t subleaf, uint32_t *registers)
{
    (void)leaf;
    (void)subleaf;
    (void)registers;
    return -VPERF_ENOSYS;
}

#endif
