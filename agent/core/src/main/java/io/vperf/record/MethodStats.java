package io.vperf.record;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one method in the running interval. Every access holds this object's monitor.
 *
 * <p>Short calls enter one histogram of wall times: their corrected time is their wall time. Long calls enter their raw
 * and corrected times side by side. The snapshot adds them up, so raw and corrected hold the same calls.
 */
final class MethodStats {

    /** Two significant digits: a value is recorded within 1 %. */
    private static final int DIGITS = 2;

    private final String name;
    private final Histogram shortWall = new Histogram(DIGITS);
    private @Nullable Histogram longWall;
    private @Nullable Histogram longCorrected;
    private @Nullable Histogram longStolen;
    private @Nullable Histogram cpu;

    private long calls;
    private long exceptions;
    private long wallNs;
    private long selfNs;
    private long cpuNs;
    private long cpuUnknownCalls;
    private long stolenNs;
    private long boundNs;
    private long uncorrectedCalls;
    private long correctedCalls;

    /** Meaningless if there were none. */
    private long firstEntryNs;

    MethodStats(String name) {
        this.name = name;
        shortWall.setAutoResize(true);
    }

    String name() {
        return name;
    }

    /** Earliest entry of the long calls corrected in this interval, or {@link Long#MAX_VALUE}. */
    long firstEntryNs() {
        return correctedCalls == 0 ? Long.MAX_VALUE : firstEntryNs;
    }

    boolean hasCalls() {
        return calls > 0;
    }

    /** A call too short to hide steal, or one that cannot be corrected where there is no steal to be known. */
    void addShort(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        shortWall.recordValue(callWallNs);
        add(word, callWallNs, callCpuNs, callSelfNs);
    }

    /** A long call whose steal is known to {@code ± callBoundNs}. */
    void addCorrected(
            long word,
            long entryNs,
            long callWallNs,
            long callCpuNs,
            long callSelfNs,
            long callStolenNs,
            long callBoundNs) {
        firstEntryNs = correctedCalls++ == 0 ? entryNs : Math.min(firstEntryNs, entryNs);
        recordLong(callWallNs, callStolenNs);
        add(word, callWallNs, callCpuNs, callSelfNs);
        if (CallWords.is(word, CallWords.OUTERMOST)) {
            stolenNs += callStolenNs;
            boundNs += callBoundNs;
        }
    }

    /** A long call that steal may have hit, but nobody can say how much: its raw time stands in both histograms. */
    void addUncorrected(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        recordLong(callWallNs, 0);
        add(word, callWallNs, callCpuNs, callSelfNs);
        uncorrectedCalls++;
    }

    private void recordLong(long callWallNs, long callStolenNs) {
        longWall = recordIn(longWall, callWallNs);
        longCorrected = recordIn(longCorrected, callWallNs - callStolenNs);
        longStolen = recordIn(longStolen, callStolenNs);
    }

    private void add(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        calls++;
        if (CallWords.is(word, CallWords.THROWN)) {
            exceptions++;
        }
        selfNs += callSelfNs;
        boolean cpuKnown = !CallWords.is(word, CallWords.CPU_UNKNOWN);
        if (cpuKnown) {
            cpu = recordIn(cpu, callCpuNs);
        } else {
            cpuUnknownCalls++;
        }
        if (CallWords.is(word, CallWords.OUTERMOST)) {
            wallNs += callWallNs;
            if (cpuKnown) {
                cpuNs += callCpuNs;
            }
        }
    }

    private static Histogram recordIn(@Nullable Histogram histogram, long value) {
        Histogram h = histogram;
        if (h == null) {
            h = new Histogram(DIGITS);
            h.setAutoResize(true);
        }
        h.recordValue(value);
        return h;
    }

    /**
     * Takes the interval's figures out and begins the next interval.
     *
     * @param stealKnown whether steal was known all through the interval; otherwise there is no corrected histogram
     */
    MethodInterval take(boolean stealKnown, long inFlight, long oldestInFlightNs) {
        Histogram wall = shortWall.copy();
        Histogram corrected = stealKnown ? shortWall.copy() : null;
        Histogram stolen = null;
        if (longWall != null) {
            wall.add(longWall);
        }
        if (corrected != null) {
            stolen = new Histogram(DIGITS);
            stolen.setAutoResize(true);
            long shortCalls = shortWall.getTotalCount();
            if (shortCalls > 0) {
                stolen.recordValueWithCount(0, shortCalls);
            }
            if (longCorrected != null && longStolen != null) {
                corrected.add(longCorrected);
                stolen.add(longStolen);
            }
        }
        MethodInterval taken = new MethodInterval(
                name,
                calls,
                exceptions,
                wallNs,
                selfNs,
                calls == cpuUnknownCalls ? null : cpuNs,
                cpuUnknownCalls,
                stealKnown ? stolenNs : null,
                stealKnown ? wallNs - stolenNs : null,
                stealKnown ? boundNs : null,
                uncorrectedCalls,
                1,
                inFlight,
                oldestInFlightNs,
                wall,
                corrected,
                cpu == null ? null : cpu.copy(),
                stolen);
        reset();
        return taken;
    }

    private void reset() {
        shortWall.reset();
        for (Histogram h : new Histogram[] {longWall, longCorrected, longStolen, cpu}) {
            if (h != null) {
                h.reset();
            }
        }
        calls = 0;
        exceptions = 0;
        wallNs = 0;
        selfNs = 0;
        cpuNs = 0;
        cpuUnknownCalls = 0;
        stolenNs = 0;
        boundNs = 0;
        uncorrectedCalls = 0;
        correctedCalls = 0;
    }
}
