#include <stdint.h>

/* 2 instructions an iteration and nothing else; n is 1 or more. */
__attribute__((visibility("default"))) void lab_loop(int64_t n)
{
    __asm__ volatile("1: subs %0, %0, #1\n\tb.ne 1b" : "+r"(n) : : "cc");
}
