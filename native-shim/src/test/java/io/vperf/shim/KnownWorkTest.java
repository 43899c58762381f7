package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What software counters say of it; what hardware counters do, the lab arm-pmu shows. */
class KnownWorkTest {

    private static final long BYTES = 1 << 20;

    private final KnownWork work = Loaded.value(KnownWork.of(Loaded.natives()));

    private long[] count(Runnable step, String... events) throws Exception {
        return Scratch.run(() -> {
            try (ThreadCounters counters = Counting.open(Counting.counters(events.length, events))) {
                return Counting.of(counters, events.length, step);
            }
        });
    }

    @Test
    void shouldMakeItsTurns() throws Exception {
        work.turns(1);
        long ns = count(() -> work.turns(100_000_000), "task-clock")[0];

        assertThat(ns).as("no processor makes ten turns a nanosecond").isGreaterThan(10_000_000);
    }

    @Test
    void shouldTouchEveryPageOfFreshMemory() throws Exception {
        assertThat(work.stir(BYTES, 1)).isTrue();
        // Two a page, as each is read before it is written; fewer where the kernel takes huge pages for it.
        assertThat(count(() -> work.stir(BYTES, BYTES), "page-faults")[0]).isBetween(1L, 2 * BYTES / 4096 + 20);
    }

    @Test
    void shouldTouchSomeOfItInTheKernel() throws Exception {
        assertThat(count(() -> work.stir(BYTES, 1), "page-faults:k")[0]).isBetween(1L, BYTES / 64 / 4096 + 20);
    }

    @Test
    void shouldSayThatThereIsNoSuchMemory() {
        assertThat(work.stir(1L << 62, 1)).isFalse();
    }
}
