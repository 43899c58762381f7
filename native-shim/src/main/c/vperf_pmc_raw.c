#include "vperf_pmc_raw.h"

#if defined(__x86_64__)

int32_t vperf_pmc_raw(uint32_t index, uint64_t *value)
{
    uint32_t low;
    uint32_t high;
    __asm__ volatile("rdpmc" : "=a"(low), "=d"(high) : "c"(index));
    *value = (uint64_t)high << 32 | low;
    return 0;
}

#else

int32_t vperf_pmc_raw(uint32_t index, uint64_t *value)
{
    (void)index;
    (void)value;
    return -VPERF_ENOSYS;
}

#endif
