#include "vperf_pmc.h"

#if defined(__x86_64__)

/* Bit 30 of the operand chooses the fixed counters; the kernel has put it into the index. */
int32_t vperf_pmc(uint32_t index, uint64_t *raw)
{
    uint32_t low;
    uint32_t high;
    __asm__ volatile("rdpmc" : "=a"(low), "=d"(high) : "c"(index - 1));
    *raw = (uint64_t)high << 32 | low;
    return 0;
}

void vperf_pmc_fence(void)
{
    __asm__ volatile("lfence" : : : "memory");
}

#else

/* The number of a register is part of the instruction. */
#define EVENT_COUNTER(n)                                              \
    case (n) + 1:                                                     \
        __asm__ volatile("mrs %0, pmevcntr" #n "_el0" : "=r"(*raw)); \
        return 0;

/* Index 32 is the cycle counter: armv8pmu_user_event_idx in drivers/perf/arm_pmuv3.c. */
int32_t vperf_pmc(uint32_t index, uint64_t *raw)
{
    switch (index) {
        EVENT_COUNTER(0) EVENT_COUNTER(1) EVENT_COUNTER(2) EVENT_COUNTER(3) EVENT_COUNTER(4) EVENT_COUNTER(5)
        EVENT_COUNTER(6) EVENT_COUNTER(7) EVENT_COUNTER(8) EVENT_COUNTER(9) EVENT_COUNTER(10) EVENT_COUNTER(11)
        EVENT_COUNTER(12) EVENT_COUNTER(13) EVENT_COUNTER(14) EVENT_COUNTER(15) EVENT_COUNTER(16) EVENT_COUNTER(17)
        EVENT_COUNTER(18) EVENT_COUNTER(19) EVENT_COUNTER(20) EVENT_COUNTER(21) EVENT_COUNTER(22) EVENT_COUNTER(23)
        EVENT_COUNTER(24) EVENT_COUNTER(25) EVENT_COUNTER(26) EVENT_COUNTER(27) EVENT_COUNTER(28) EVENT_COUNTER(29)
        EVENT_COUNTER(30)
    case 32:
        __asm__ volatile("mrs %0, pmccntr_el0" : "=r"(*raw));
        return 0;
    default:
        return -VPERF_EAGAIN;
    }
}

void vperf_pmc_fence(void)
{
    __asm__ volatile("isb" : : : "memory");
}

#endif
