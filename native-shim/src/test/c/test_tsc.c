#define _GNU_SOURCE
#include <inttypes.h>
#include <time.h>

#include "check.h"
#include "pin.h"
#include "vperf_tsc.h"

struct moment {
    int64_t ns;
    uint64_t ticks;
};

static int64_t monotonic_ns(void)
{
    struct timespec t;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0, "no CLOCK_MONOTONIC");
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Both clocks at one moment: the tightest of many tries, so that a preemption between them does not count. */
static struct moment now(void)
{
    struct moment best = {0, 0};
    int64_t width = INT64_MAX;
    for (int i = 0; i < 50; i++) {
        int64_t before = monotonic_ns();
        uint64_t ticks = vperf_tsc();
        int64_t after = monotonic_ns();
        if (after - before < width) {
            width = after - before;
            best = (struct moment){before + width / 2, ticks};
        }
    }
    return best;
}

static double hz_over_ms(int64_t ms)
{
    struct timespec pause = {0, ms * 1000000};
    struct moment start = now();
    nanosleep(&pause, NULL);
    struct moment end = now();
    CHECK(end.ticks > start.ticks, "stood still for %" PRId64 " ms", ms);
    return (double)(end.ticks - start.ticks) * 1e9 / (double)(end.ns - start.ns);
}

static void should_never_go_back_on_one_cpu(void)
{
    int32_t vcpu;
    uint64_t last = vperf_tsc();
    for (int i = 0; i < 500000; i++) {
        uint64_t next = i % 2 == 0 ? vperf_tsc_and_vcpu(&vcpu) : vperf_tsc();
        CHECK(next >= last, "%" PRIu64 " after %" PRIu64, next, last);
        last = next;
    }
}

static void should_advance_in_proportion_to_the_monotonic_clock(void)
{
    double hz = hz_over_ms(50);
    CHECK(hz > 1e6 && hz < 1e11, "%.0f ticks per second", hz);
    for (int i = 0; i < 3; i++) {
        double again = hz_over_ms(20 + 30 * i);
        CHECK(again > hz * 0.99 && again < hz * 1.01, "%.0f, then %.0f ticks per second", hz, again);
    }
#if defined(__aarch64__)
    double stated = (double)vperf_tsc_hz();
    CHECK(hz > stated * 0.99 && hz < stated * 1.01, "states %.0f Hz, runs at %.0f Hz", stated, hz);
#else
    CHECK(vperf_tsc_hz() == -38, "%" PRId64, vperf_tsc_hz());
#endif
}

static void should_tell_the_vcpu_it_was_read_on(void)
{
    int32_t vcpu = -2;
#if defined(__x86_64__)
    int tried = 0;
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!pin_to(cpu))
            continue;
        vperf_tsc_and_vcpu(&vcpu);
        CHECK(vcpu == (int32_t)cpu, "pinned to %zu, says %d", cpu, vcpu);
        CHECK(vcpu == sched_getcpu(), "sched_getcpu() says %d, TSC_AUX %d", sched_getcpu(), vcpu);
        tried++;
    }
    CHECK(tried > 0, "could not be pinned to any CPU");
#else
    vperf_tsc_and_vcpu(&vcpu);
    CHECK(vcpu == -1, "%d", vcpu);
#endif
}

static void wait_for_loads(void)
{
#if defined(__x86_64__)
    __asm__ volatile("lfence" : : : "memory");
#else
    __asm__ volatile("dsb ld\n\tisb" : : : "memory");
#endif
}

/*
 * Without the fence the counter is read while the loads before it are still under way: 2 % of the chain, not 96 %.
 * Where nothing misses (an emulator) it is half, as the second reading is then as far from the third as from the first.
 */
static void should_wait_for_the_loads_before_it(void)
{
    enum { LINES = 1 << 19, STRIDE = 16, CHAIN = 8, ROUNDS = 2001 };
    static uint32_t next[LINES * STRIDE];
    static uint32_t order[LINES];
    uint64_t random = 88172645463325252u;
    for (uint32_t i = 0; i < LINES; i++) {
        uint32_t other = (uint32_t)(random % (i + 1));
        order[i] = order[other];
        order[other] = i * STRIDE;
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
    }
    for (uint32_t i = 0; i < LINES; i++)
        next[order[i]] = order[(i + 1) % LINES];
    int waited = 0;
    uint32_t at = 0;
    for (int i = 0; i < ROUNDS; i++) {
        wait_for_loads();
        uint64_t before = vperf_tsc();
        for (int j = 0; j < CHAIN; j++)
            at = next[at];
        uint64_t behind = vperf_tsc();
        __asm__ volatile("" : : "r"(at) : "memory");
        wait_for_loads();
        uint64_t after = vperf_tsc();
        waited += behind - before >= (after - before) / 3;
    }
    CHECK(waited > ROUNDS * 9 / 10, "waited in %d of %d rounds", waited, ROUNDS);
}

int main(void)
{
    int cpu = sched_getcpu();
    if (cpu < 0 || !pin_to((size_t)cpu))
        SKIP("sched_setaffinity is refused here");
    should_never_go_back_on_one_cpu();
    should_advance_in_proportion_to_the_monotonic_clock();
    should_wait_for_the_loads_before_it();
    should_tell_the_vcpu_it_was_read_on();
    return 0;
}
