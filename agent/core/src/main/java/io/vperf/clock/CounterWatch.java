package io.vperf.clock;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares the time counter with CLOCK_MONOTONIC, pair by pair: how fast it runs, and whether it can still be believed. One thread. */
final class CounterWatch {

    /** A pair that an interrupt has widened without ruining it, and more than any honest wobble of the kernel's clock. */
    static final long JUMP_NS = 10_000;

    /**
     * The kernel corrects its clock's rate by ±500 ppm at most (MAXFREQ, include/linux/timex.h), so two honest rates
     * differ by 1,000.5 ppm at most, and rates are measured to 100. Slewing by the length of the tick (chrony's maxslewrate, 83,333 ppm) goes beyond: the
     * counter is given up then although it is right.
     */
    static final int RATE_PPM = 1_100;

    /** On top for the rate at the start, which was measured in milliseconds. */
    static final int START_PPM = 200;

    private static final double PPM = 1e-6;
    private static final long DRIFT_OVER_NS = 1_000_000_000;
    private static final long SHORTEST_NS = 10_000_000;

    /** A rate is known to 100 ppm or not taken: the pairs' widths must be below this part of the time between them. */
    private static final long LEAST_PARTS = 10_000;

    private final double startNsPerTick;
    private TickPair last;
    private TickPair anchor;
    private double nsPerTick;
    private long lastElapsedTicks;
    private long periodTicks;

    CounterWatch(TickPair start, TickPair end) {
        startNsPerTick = end.nsPerTickSince(start);
        nsPerTick = startNsPerTick;
        last = end;
        anchor = end;
        lastElapsedTicks = end.ticks() - start.ticks();
        periodTicks = lastElapsedTicks;
    }

    /** Whether the rate between two pairs can be told well enough; otherwise a later pair is to be waited for. */
    static boolean tellsRate(TickPair from, TickPair to) {
        long elapsedNs = to.ns() - from.ns();
        return to.widthNs() + from.widthNs() <= elapsedNs / LEAST_PARTS;
    }

    boolean isDue(TickPair now) {
        return now.ns() - last.ns() >= SHORTEST_NS && tellsRate(last, now);
    }

    /**
     * Takes a pair that is due into account.
     *
     * @return why the counter cannot be believed any more, or null
     */
    @Nullable
    String judge(TickPair now) {
        long elapsedNs = now.ns() - last.ns();
        double offNs = (now.ticks() - last.ticks()) * nsPerTick - elapsedNs;
        if (Math.abs(offNs) > JUMP_NS + elapsedNs * (RATE_PPM * PPM) + now.widthNs() + last.widthNs()) {
            return String.format(
                    Locale.ROOT, "after %.3f s it was %.1f us off CLOCK_MONOTONIC", elapsedNs / 1e9, offNs / 1e3);
        }
        if (now.ns() - anchor.ns() >= DRIFT_OVER_NS) {
            double drift = startNsPerTick / now.nsPerTickSince(anchor) - 1;
            if (Math.abs(drift) > (RATE_PPM + START_PPM) * PPM) {
                return String.format(Locale.ROOT, "its rate has changed by %.0f ppm since the start", drift / PPM);
            }
            anchor = now;
        }
        nsPerTick = now.nsPerTickSince(last);
        long elapsedTicks = now.ticks() - last.ticks();
        periodTicks = Math.min(elapsedTicks, lastElapsedTicks);
        lastElapsedTicks = elapsedTicks;
        last = now;
        return null;
    }

    /** As last measured. */
    double nsPerTick() {
        return nsPerTick;
    }

    /** Between pairs that were due: the shorter of the last two times, for a sampler that was late once will be in time again. */
    long periodTicks() {
        return periodTicks;
    }
}
