package io.vperf.labs.pmu;

import io.vperf.shim.Capability;
import io.vperf.shim.CounterDelta;
import io.vperf.shim.CounterReading;
import io.vperf.shim.Counters;
import io.vperf.shim.Descriptors;
import io.vperf.shim.Natives;
import io.vperf.shim.PerfEvent;
import io.vperf.shim.PerfEvents;
import io.vperf.shim.ThreadCounters;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The calling thread's counters, and what they count of a loop. */
final class Probe implements AutoCloseable {

    /** 2 ms of the guest's time, half a tick. */
    private static final long PAUSE = 500_000;

    private final Loop loop;
    private final ThreadCounters counters;
    private final int events;
    private final long[] entry;
    private final long[] exit;

    private Probe(Loop loop, ThreadCounters counters, int events) {
        this.loop = loop;
        this.counters = counters;
        this.events = events;
        entry = new long[CounterReading.words(events)];
        exit = new long[CounterReading.words(events)];
    }

    static Capability<Probe> open(Natives natives, Loop loop, boolean userSpace, String... names) {
        PerfEvents perf = new PerfEvents(Path.of("/sys"));
        List<PerfEvent> events =
                Stream.of(names).map(name -> value(perf.parse(name))).toList();
        return Counters.of(natives, new Descriptors(64), events, userSpace)
                .then(Counters::open)
                .then(counters -> Capability.available(new Probe(loop, counters, names.length)));
    }

    static <T> T value(Capability<T> capability) {
        if (capability instanceof Capability.Available<T> offered) {
            return offered.value();
        }
        throw new IllegalStateException(capability.toString());
    }

    boolean isReadInUserSpace() {
        return counters.isReadInUserSpace();
    }

    int groups() {
        return counters.groups();
    }

    /** Counts of n iterations, or of two readings and nothing between them where n is 0. */
    long[] count(long n) {
        int before = counters.readAtEntry(entry, 0);
        if (n > 0) {
            loop.lab_loop(n);
        }
        int after = counters.readAtExit(exit, 0);
        if (before != 0 || after != 0) {
            throw new IllegalStateException("readings end with " + before + " and " + after);
        }
        long[] counts = new long[events];
        Arrays.setAll(counts, event -> CounterDelta.count(entry, 0, exit, 0, event));
        return counts;
    }

    /** What the first event counts of another probe's readings. */
    long countReadings(Probe other, int readings) {
        int failed = counters.readAtEntry(entry, 0);
        for (int i = 0; i < readings; i++) {
            failed |= other.counters.readAtEntry(other.entry, 0);
        }
        failed |= counters.readAtExit(exit, 0);
        if (failed != 0) {
            throw new IllegalStateException("readings end with " + failed);
        }
        return CounterDelta.count(entry, 0, exit, 0, 0);
    }

    /** Of the last {@link #count}. */
    boolean wasScaled(int event) {
        return CounterDelta.isScaled(entry, 0, exit, 0, event);
    }

    /** Of the last {@link #count}: whether both of its readings were made in user space. */
    boolean wasInUserSpace(int event) {
        return CounterReading.isByPage(entry, 0, event) && CounterReading.isByPage(exit, 0, event);
    }

    /**
     * The fewest of some rounds, over many timer ticks: what the JIT or a safepoint adds to one of them is not in all, nor
     * what most likely the wall clock itself adds (+18 was seen in all rounds of one millisecond): between a full second and
     * the next tick the vDSO has a carry to make.
     */
    long[] least(long n, int rounds) {
        long[] least = count(n);
        for (int i = 1; i < rounds; i++) {
            loop.lab_loop(PAUSE);
            long[] counts = count(n);
            for (int event = 0; event < events; event++) {
                least[event] = Math.min(least[event], counts[event]);
            }
        }
        return least;
    }

    @Override
    public void close() {
        counters.close();
    }
}
