package io.vperf.clock;

import org.jspecify.annotations.Nullable;

/**
 * What nanoseconds the counter's ticks stand for, up to an end that is promised and never moved: a line, and the line
 * before it. Immutable, so that readers need one look at one reference. All segments of a clock agree wherever two of
 * them know a tick; which one a reader got hold of, and how long ago, makes no difference to what it answers.
 */
final class Segment {

    /**
     * Multipliers are nanoseconds per tick times 2^57, ticks are shifted by 7, and the upper half of the 128-bit product
     * is the nanoseconds. Good for distances of 2^56 ticks (166 days at 5 GHz; a segment lives for seconds) and for
     * counters above 15.6 MHz, at a resolution of 10^-15 for the fastest.
     */
    private static final int SHIFT = 7;

    static final double MOST_NS_PER_TICK = 1 << (SHIFT - 1);

    private static final double ONE = 0x1p57;

    final long startTicks;
    final long lengthTicks;
    private final long startNs;
    private final long multiplier;

    /** The rate without a correction: what goes on where nobody comes to end the correction. */
    private final long cruise;

    private final @Nullable Segment before;

    private Segment(
            long startTicks, long startNs, long multiplier, long cruise, long lengthTicks, @Nullable Segment before) {
        this.startTicks = startTicks;
        this.startNs = startNs;
        this.multiplier = multiplier;
        this.cruise = cruise;
        this.lengthTicks = lengthTicks;
        this.before = before;
    }

    static Segment first(TickPair start, double nsPerTick, long lengthTicks) {
        long rate = multiplier(nsPerTick);
        return new Segment(start.ticks(), start.ns(), rate, rate, lengthTicks, null);
    }

    /** Begins where this one ends, without a step, at a rate that holds up to the new end. */
    Segment then(double nsPerTick, double cruiseNsPerTick, long endTicks) {
        return then(multiplier(nsPerTick), multiplier(cruiseNsPerTick), endTicks);
    }

    /** Goes on where this one ends, its correction done. */
    Segment prolonged(long endTicks) {
        return then(cruise, cruise, endTicks);
    }

    private Segment then(long rate, long nextCruise, long endTicks) {
        Segment line = new Segment(startTicks, startNs, multiplier, cruise, lengthTicks, null); // without its before
        return new Segment(endTicks(), onLine(endTicks()), rate, nextCruise, endTicks - endTicks(), line);
    }

    private static long multiplier(double nsPerTick) {
        return Math.round(nsPerTick * ONE);
    }

    long endTicks() {
        return startTicks + lengthTicks;
    }

    /** For any tick before the end and not before the start of the line before. */
    long ns(long ticks) {
        Segment line = before;
        return ticks - startTicks >= 0 || line == null ? onLine(ticks) : line.onLine(ticks);
    }

    /** Also where ticks lie before the start: both steps round down. */
    private long onLine(long ticks) {
        return startNs + Math.multiplyHigh((ticks - startTicks) << SHIFT, multiplier);
    }
}
