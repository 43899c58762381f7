package io.vperf.clock;

import io.vperf.clock.ReadingCost.Readings;
import java.lang.invoke.VarHandle;
import java.util.OptionalLong;

/** The readings a probe makes, in loops, to be timed by {@link ReadingCost}. A thread clock's are for its own thread. */
public final class ClockReadings {

    private static final long MOST_NS = 8_000_000;

    private ClockReadings() {}

    /** Nanoseconds of a reading, in the few milliseconds of a start; empty where that could not tell. */
    static OptionalLong costNs(Readings readings) {
        StartCost cost = new StartCost(1);
        cost.measure(MOST_NS, readings);
        return cost.roundedNs(0);
    }

    public static Readings wall(WallClock wall) {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += wall.nowNs();
            }
            return sum;
        };
    }

    /** Wall time, and CPU time at the same moment: what a probe reads at each end of a call. */
    public static Readings wallAndCpu(WallClock wall, ThreadClock clock) {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                long nowNs = wall.nowNs();
                if (!clock.isCurrent(nowNs)) {
                    clock.renew();
                }
                sum += nowNs + clock.offsetNs();
            }
            return sum;
        };
    }

    /** The kernel asked for the CPU time, and its answer laid beside the wall time. */
    public static Readings renewal(ThreadClock clock) {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                clock.renew();
                sum += clock.offsetNs();
            }
            return sum;
        };
    }

    public static Readings vcpu(ThreadClock clock) {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += clock.vcpu();
                VarHandle.acquireFence(); // or one plain load would do for all
            }
            return sum;
        };
    }
}
