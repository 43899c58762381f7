package io.vperf.clock;

import io.vperf.clock.ReadingCost.Readings;
import java.util.OptionalLong;

/**
 * What wall and CPU time together cost, as at each end of a call. Made early and asked late at a start, on one thread, so that
 * HotSpot compiles the reading meanwhile; the two take 5 to 8 ms.
 */
public final class CallReadingCost {

    private static final long FIRST_NS = 3_000_000;
    private static final long MOST_NS = 5_000_000;

    private final WallClock wall;
    private final CpuClock cpu;
    private final StartCost cost = new StartCost(1);

    public CallReadingCost(WallClock wall, CpuClock cpu) {
        this.wall = wall;
        this.cpu = cpu;
        measure(FIRST_NS);
    }

    /** Nanoseconds; empty where a start on this machine could not tell. */
    public OptionalLong ns() {
        measure(MOST_NS);
        return cost.roundedNs(0);
    }

    /** With a clock of its own: in between others may need the thread's only sign of switches. */
    private void measure(long mostNs) {
        ThreadClock clock = cpu.forThisThread();
        Readings readings = ClockReadings.wallAndCpu(wall, clock);
        cost.measure(mostNs, readings);
        clock.close();
    }
}
