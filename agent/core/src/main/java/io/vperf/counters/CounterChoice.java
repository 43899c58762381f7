package io.vperf.counters;

import io.vperf.clock.ReadingCost;
import io.vperf.clock.WallClock;
import io.vperf.config.CounterWay;
import io.vperf.counters.CallCounters.ThreadReader;
import io.vperf.health.Health;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a run: of those that somebody asked for the ones this machine has and counts right.
 *
 * @param counters those there are
 * @param tried what became of each, by name
 * @param reading how they are read; empty where there are none
 * @param userSpace what reading them by a system call and in user space costs, or why user space cannot; null where nobody has
 *     looked
 * @param readingNs what that costs at each end of a call, nanoseconds; empty where there are none
 */
public record CounterChoice(
        CallCounters counters,
        Map<String, Capability<String>> tried,
        String reading,
        @Nullable Capability<String> userSpace,
        OptionalLong readingNs) {

    private static final CounterChoice NONE =
            new CounterChoice(CallCounters.NONE, Map.of(), "", null, OptionalLong.empty());

    private static final long QUIET_NS = 3_000_000;
    private static final long MOST_NS = 20_000_000;

    /**
     * Tries them, on the calling thread: some 10 ms for each.
     *
     * @param root where the file system begins
     * @param names of events, as perf writes them
     * @param wanted how they shall be read
     * @param allocations whether allocated bytes are wanted
     * @param wall the run's wall clock
     * @param wallIsMonotonic whether it is CLOCK_MONOTONIC
     */
    public static CounterChoice choose(
            Path root,
            List<String> names,
            CounterWay wanted,
            boolean allocations,
            Capability<Natives> natives,
            WallClock wall,
            boolean wallIsMonotonic,
            Health health) {
        if (names.isEmpty() && !allocations) {
            return NONE;
        }
        Map<String, Capability<String>> tried = new LinkedHashMap<>();
        EventChoice.@Nullable Way way =
                names.isEmpty() ? null : new EventChoice(root, natives, tried).choose(names, wanted, MOST_NS);
        AllocatedBytes allocated = null;
        if (allocations && allocated(tried) instanceof Capability.Available<AllocatedBytes> found) {
            allocated = found.value();
        }
        if (way == null && allocated == null) {
            return new CounterChoice(CallCounters.NONE, tried, "", null, OptionalLong.empty());
        }
        CallCounters counters =
                new OpenedCounters(way == null ? null : way.counters(), allocated, wall, wallIsMonotonic, health);
        String reading = way == null ? "ThreadMXBean" : allocated == null ? way.name() : way.name() + ", ThreadMXBean";
        return new CounterChoice(counters, tried, reading, way == null ? null : way.userSpace(), costNs(counters));
    }

    private static Capability<AllocatedBytes> allocated(Map<String, Capability<String>> tried) {
        Capability<AllocatedBytes> found;
        try {
            found = AllocatedBytes.find();
        } catch (LinkageError e) { // a run-time image made with jlink, of few modules
            found = Capability.unavailable(
                    "this Java run-time has no module jdk.management (" + e + ")", "Add it with jlink --add-modules.");
        }
        tried.put(AllocatedBytes.NAME, found.then(bytes -> Capability.available("by the JVM's ThreadMXBean")));
        return found;
    }

    private static OptionalLong costNs(CallCounters counters) {
        ThreadReader reader = counters.forThisThread();
        if (reader == null) {
            return OptionalLong.empty();
        }
        try {
            long[] reading = new long[reader.words()];
            return OptionalLong.of(Math.round(ReadingCost.fastestNs(QUIET_NS, MOST_NS, count -> {
                long sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += reader.readAtEntry(reading);
                }
                return sum;
            })));
        } finally {
            reader.close();
        }
    }
}
