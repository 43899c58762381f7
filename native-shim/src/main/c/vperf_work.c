#include "vperf_work.h"

void vperf_work_turns(uint64_t turns)
{
#if defined(__x86_64__)
    __asm__ volatile("1:\n\tsubq $1, %0\n\tjnz 1b" : "+r"(turns) : : "cc");
#else
    __asm__ volatile("1:\n\tsubs %0, %0, #1\n\tb.ne 1b" : "+r"(turns) : : "cc");
#endif
}

uint64_t vperf_work_stir(uint64_t *memory, uint64_t words, uint64_t steps)
{
    uint64_t state = 1;
    uint64_t sum = 0;
    for (uint64_t i = 0; i < steps; i++) {
        /* Knuth's MMIX generator; its high bits are the random ones. */
        state = state * 6364136223846793005u + 1442695040888963407u;
        uint64_t *place = &memory[(state >> 24) & (words - 1)];
        *place += state;
        if (state >> 63) {
            /* The empty asm keeps the branch a branch. */
            __asm__ volatile("" : "+r"(sum));
            sum += *place;
        } else {
            __asm__ volatile("" : "+r"(sum));
            sum ^= i;
        }
    }
    return sum;
}
