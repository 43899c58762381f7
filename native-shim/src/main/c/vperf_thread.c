#include "vperf_thread.h"

uint64_t vperf_thread_pointer(void)
{
    uint64_t pointer;
#if defined(__x86_64__)
    /* The ABI keeps the pointer's own value in the first word it points to; reading FS itself needs FSGSBASE. */
    __asm__ volatile("movq %%fs:0, %0" : "=r"(pointer));
#else
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(pointer));
#endif
    return pointer;
}
