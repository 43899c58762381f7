package io.vperf.clock;

import java.util.function.LongSupplier;

/**
 * A processor's counter and the kernel's clock in a time of their own: the counter is steady, the clock is slewed by NTP,
 * as it is in reality. Each reading of either takes a little time.
 */
final class SimulatedCounter {

    private static final double READING_NS = 20;

    private final double ticksPerNs;
    private double trueNs;
    private double slewedNs;
    private double slew;
    private long jumpTicks;
    private double rate = 1;
    private double ticks;

    SimulatedCounter(double mhz, long startTicks) {
        ticksPerNs = mhz / 1e3;
        jumpTicks = startTicks;
    }

    final LongSupplier counter = () -> {
        pass(READING_NS);
        return ticks();
    };

    final LongSupplier monotonic = () -> {
        pass(READING_NS);
        return clockNs();
    };

    void pass(double ns) {
        trueNs += ns;
        slewedNs += ns * slew;
        ticks += ns * ticksPerNs * rate;
    }

    /** From now on NTP has the kernel's clock run by this much faster than true time. */
    void slewPpm(double ppm) {
        slew = ppm * 1e-6;
    }

    /** The counter is set to something else: no honest counter does that. */
    void jumpNs(double ns) {
        jumpTicks += (long) (ns * ticksPerNs);
    }

    /** The counter's own rate changes. */
    void runAt(double factor) {
        rate = factor;
    }

    long ticks() {
        return jumpTicks + (long) ticks;
    }

    long clockNs() {
        return (long) (trueNs + slewedNs);
    }

    TickPair pair() {
        return TickPair.tightest(counter, monotonic, 1);
    }
}
