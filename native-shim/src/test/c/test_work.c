#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "vperf_work.h"

#define WORDS 1024

static uint64_t ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* How many instructions a turn is only a counter can tell, see CountersTest and the lab arm-pmu; that turns are made, the time. */
static void turns_take_time(void)
{
    vperf_work_turns(1);
    uint64_t before = ns();
    vperf_work_turns(10000000);
    uint64_t took = ns() - before;
    CHECK(took > 500000, "10,000,000 turns in %" PRIu64 " ns", took);
}

static void stirs_all_of_the_memory_and_nothing_else(void)
{
    uint64_t memory[WORDS + 2];
    memset(memory, 0, sizeof memory);
    uint64_t sum = vperf_work_stir(memory + 1, WORDS, 100 * WORDS);
    uint64_t touched = 0;
    for (int i = 1; i <= WORDS; i++) {
        touched += memory[i] != 0;
    }
    CHECK(touched == WORDS, "%" PRIu64 " of %d words", touched, WORDS);
    CHECK(memory[0] == 0 && memory[WORDS + 1] == 0, "words around were written");

    memset(memory, 0, sizeof memory);
    CHECK(vperf_work_stir(memory + 1, WORDS, 100 * WORDS) == sum, "another sum for the same steps");
    CHECK(vperf_work_stir(memory + 1, WORDS, 0) == 0, "steps that nobody asked for");
}

int main(void)
{
    turns_take_time();
    stirs_all_of_the_memory_and_nothing_else();
    return 0;
}
