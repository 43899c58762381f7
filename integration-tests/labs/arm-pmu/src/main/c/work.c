#include <stdint.h>

/* As JNI calls io.vperf.labs.pmu.KnownCalls.loop(long): 2 instructions an iteration and a handful more; n is 1 or more. */
__attribute__((visibility("default"))) void Java_io_vperf_labs_pmu_KnownCalls_loop(void *env, void *type, int64_t n)
{
    (void)env;
    (void)type;
    __asm__ volatile("1: subs %0, %0, #1\n\tb.ne 1b" : "+r"(n) : : "cc");
}
