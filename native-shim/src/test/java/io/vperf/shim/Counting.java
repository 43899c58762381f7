package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Counters of this machine, for tests of what they count. */
final class Counting {

    private Counting() {}

    static List<PerfEvent> events(String... names) {
        PerfEvents events = new PerfEvents(Path.of("/sys"));
        return Stream.of(names).map(name -> Loaded.value(events.parse(name))).toList();
    }

    static Counters counters(int descriptors, String... names) {
        Loaded.shim(); // skips where the build made none
        return Loaded.value(Counters.of(Loaded.natives(), new Descriptors(descriptors), events(names), true));
    }

    /** For the calling native thread. Skips the test where the machine forbids perf events. */
    static ThreadCounters open(Counters counters) {
        Capability<ThreadCounters> opened = counters.open();
        if (opened instanceof Capability.Unavailable<ThreadCounters> refused) {
            assumeTrue(!refused.reason().matches(".*E(PERM|ACCES|NOSYS).*"), refused.reason());
        }
        return Loaded.value(opened);
    }

    /** What each of the counters counts of a step, the probe's own system call in between included. */
    static long[] of(ThreadCounters counters, int events, Runnable step) {
        long[] entry = new long[CounterReading.words(events)];
        long[] exit = new long[CounterReading.words(events)];
        assertThat(counters.readAtEntry(entry, 0)).isZero();
        step.run();
        assertThat(counters.readAtExit(exit, 0)).isZero();
        long[] counts = new long[events];
        for (int i = 0; i < events; i++) {
            assertThat(CounterDelta.isScaled(entry, 0, exit, 0, i)).isFalse();
            counts[i] = CounterDelta.count(entry, 0, exit, 0, i);
        }
        return counts;
    }
}
