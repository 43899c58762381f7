#include "vperf_tsc.h"

#if defined(__x86_64__)

/* Linux writes (node << 12 | cpu) to TSC_AUX: vdso_getcpu_init in arch/x86/entry/vdso/vma.c. */
#define VCPU_MASK 0xfffu

uint64_t vperf_tsc(void)
{
    uint32_t low;
    uint32_t high;
    /* Not RDTSCP: this one works on every x86-64. LFENCE keeps RDTSC from running ahead. */
    __asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high) : : "memory");
    return (uint64_t)high << 32 | low;
}

uint64_t vperf_tsc_and_vcpu(int32_t *vcpu)
{
    uint32_t low;
    uint32_t high;
    uint32_t aux;
    __asm__ volatile("rdtscp" : "=a"(low), "=d"(high), "=c"(aux) : : "memory");
    *vcpu = (int32_t)(aux & VCPU_MASK);
    return (uint64_t)high << 32 | low;
}

int64_t vperf_tsc_hz(void)
{
    return -VPERF_ENOSYS;
}

#else

uint64_t vperf_tsc(void)
{
    uint64_t ticks;
    /* ISB: without it the counter may be read ahead of the instructions before it. */
    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
    return ticks;
}

uint64_t vperf_tsc_and_vcpu(int32_t *vcpu)
{
    *vcpu = -1;
    return vperf_tsc();
}

int64_t vperf_tsc_hz(void)
{
    uint64_t hz;
    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(hz));
    return (int64_t)hz;
}

#endif
