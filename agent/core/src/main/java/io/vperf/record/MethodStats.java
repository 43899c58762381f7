package io.vperf.record;

import io.vperf.steal.Verdict;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;
import org.HdrHistogram.PackedHistogram;
import org.HdrHistogram.ShortCountsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one method in the running interval. Every access holds this object's monitor, but for {@link #lost}.
 *
 * <p>Most calls are short and on the CPU all the time: one time is their wall, corrected and CPU time, and enters one
 * histogram. Of other calls each time enters a histogram of its own. The snapshot adds them up, so all hold the same calls.
 * The first kind of histogram is quick (4 ns a value; up to 15 kB), the others are packed (27 ns; 2 kB), as most methods
 * need little of them.
 */
final class MethodStats {

    /** Two significant digits: a value is recorded within 1 %. */
    private static final int DIGITS = 2;

    /**
     * 73 minutes; packed histograms are no larger for it. For a value without room they throw, and catch, an exception with a
     * text made by String.format, whose classes, not initialised yet, need more stack than {@link StackRoom} asks for: they
     * would be broken for the application.
     */
    private static final long ROOM_NS = 1L << 42;

    private final String name;

    /** Calls with a known CPU time that is their wall time, which is their corrected time. */
    private @Nullable Histogram same;

    /** Short calls whose CPU time is unknown. */
    private @Nullable Histogram cpuUnknown;

    // All other calls.
    private @Nullable PackedHistogram otherWall;
    private @Nullable PackedHistogram otherCorrected;
    private @Nullable PackedHistogram otherCpu;

    /** Of long calls; nothing was stolen from the rest. */
    private @Nullable PackedHistogram longStolen;

    /** Measured ones, and those that were only counted. */
    private long calls;

    /** Those of the calls that were only counted. */
    private long counted;

    /** How many calls the measured ones stand for: the histograms' total count. Of the calls, if all are measured. */
    private long weights;

    /** Of the running interval, see {@link MethodInterval#samplingFactor}. */
    private int samplingFactor = 1;

    private @Nullable DrawnCalls drawn;

    /** Whether any call was ever seen to be made within one of the same method. */
    private boolean recursive;

    private long exceptions;
    private long wallNs;
    private long selfNs;
    private long callees;
    private long cpuNs;
    private long cpuUnknownCalls;
    private long stolenNs;
    private long boundNs;
    private long uncorrectedCalls;
    private long correctedCalls;

    /** Meaningless if there were none. */
    private long firstEntryNs;

    /** Whether no end was seen of some call. Set by any thread, read by the dumper. */
    volatile boolean lost;

    /** The dumper's. */
    boolean lostTold;

    MethodStats(String name) {
        this.name = name;
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

    /** Where the times of plain calls go, beside {@link #addPlain}. */
    Histogram plainTimes() {
        same = quick(same);
        return same;
    }

    /**
     * Short calls that were on the CPU all the time and have no measured callees, and whose times are in
     * {@link #plainTimes} already.
     *
     * @param sumNs of all
     * @param outermostNs of the outermost ones
     */
    void addPlain(long plainCalls, long sumNs, long outermostNs) {
        calls += plainCalls;
        weights += plainCalls;
        recursive |= outermostNs != sumNs;
        selfNs += sumNs;
        wallNs += outermostNs;
        cpuNs += outermostNs;
    }

    /** Calls that were not measured: others, which were, stand for them too. */
    void addCounted(long countedCalls) {
        calls += countedCalls;
        counted += countedCalls;
    }

    int samplingFactor() {
        return samplingFactor;
    }

    /** For the interval that begins now. */
    void setSamplingFactor(int oneIn) {
        samplingFactor = oneIn;
    }

    /** A call too short to hide steal, or one that cannot be corrected where there is no steal to be known. */
    void addShort(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        add(word, callWallNs, callCpuNs, callSelfNs);
        if (CallWords.is(word, CallWords.CPU_UNKNOWN)) {
            cpuUnknown = quick(cpuUnknown);
            cpuUnknown.recordValueWithCount(callWallNs, CallWords.weight(word));
        } else if (callCpuNs == callWallNs) {
            same = quick(same);
            same.recordValueWithCount(callWallNs, CallWords.weight(word));
        } else {
            addOther(word, callWallNs, callWallNs, callCpuNs);
        }
    }

    private void addOther(long word, long callWallNs, long correctedNs, long callCpuNs) {
        long weight = CallWords.weight(word);
        otherWall = packed(otherWall);
        otherWall.recordValueWithCount(callWallNs, weight);
        otherCorrected = packed(otherCorrected);
        otherCorrected.recordValueWithCount(correctedNs, weight);
        if (!CallWords.is(word, CallWords.CPU_UNKNOWN)) {
            otherCpu = packed(otherCpu);
            otherCpu.recordValueWithCount(callCpuNs, weight);
        }
    }

    /** A long call of which it is known what was stolen. */
    void addCorrected(long word, long entryNs, long callWallNs, long callCpuNs, long callSelfNs, Verdict verdict) {
        firstEntryNs = correctedCalls++ == 0 ? entryNs : Math.min(firstEntryNs, entryNs);
        recordLong(word, callWallNs, verdict.stolenNs(), callCpuNs);
        add(word, callWallNs, callCpuNs, callSelfNs);
        if (CallWords.is(word, CallWords.OUTERMOST)) {
            stolenNs += verdict.stolenNs() * CallWords.weight(word);
            boundNs += verdict.boundNs() * CallWords.weight(word);
        }
    }

    /** A long call that steal may have hit, but nobody can say how much: its raw time stands in both histograms. */
    void addUncorrected(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        recordLong(word, callWallNs, 0, callCpuNs);
        add(word, callWallNs, callCpuNs, callSelfNs);
        uncorrectedCalls += CallWords.weight(word);
    }

    /** What is known of a call besides its times, which are added by another method. */
    void addCallees(long word, long callCallees) {
        callees += callCallees * CallWords.weight(word);
    }

    /** As {@link #addCallees}, for a call that was drawn, or whose callees were; see {@link DrawnCalls#add}. */
    void addSampled(
            long word, long callWallNs, long callCpuNs, long callSelfNs, long controlNs, long callCountedCallees) {
        if (callCountedCallees == 0 && CallWords.weight(word) == 1) {
            return;
        }
        if (drawn == null) {
            drawn = new DrawnCalls();
        }
        drawn.add(word, callWallNs, callCpuNs, callSelfNs, controlNs, callCountedCallees);
    }

    private void recordLong(long word, long callWallNs, long callStolenNs, long callCpuNs) {
        addOther(word, callWallNs, callWallNs - callStolenNs, callCpuNs);
        longStolen = packed(longStolen);
        longStolen.recordValueWithCount(callStolenNs, CallWords.weight(word));
    }

    private void add(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        long weight = CallWords.weight(word);
        calls++;
        weights += weight;
        if (CallWords.is(word, CallWords.THROWN)) {
            exceptions += weight;
        }
        selfNs += callSelfNs * weight;
        recursive |= CallWords.is(word, CallWords.RECURSIVE) || !CallWords.is(word, CallWords.OUTERMOST);
        boolean cpuKnown = !CallWords.is(word, CallWords.CPU_UNKNOWN);
        if (!cpuKnown) {
            cpuUnknownCalls += weight;
        }
        if (CallWords.is(word, CallWords.OUTERMOST)) {
            wallNs += callWallNs * weight;
            if (cpuKnown) {
                cpuNs += callCpuNs * weight;
            }
        }
    }

    private static Histogram quick(@Nullable Histogram histogram) {
        if (histogram != null) {
            return histogram;
        }
        Histogram made = new Histogram(DIGITS);
        made.setAutoResize(true);
        return made;
    }

    private static PackedHistogram packed(@Nullable PackedHistogram histogram) {
        if (histogram != null) {
            return histogram;
        }
        PackedHistogram made = new PackedHistogram(ROOM_NS, DIGITS);
        made.setAutoResize(true);
        return made;
    }

    /**
     * As large as its values and counts need: all of an interval's sums are held until the last exporter has had them, and
     * with a thousand methods they are most of what vperf holds.
     */
    private AbstractHistogram sum(@Nullable AbstractHistogram... parts) {
        long largest = 2; // the least HdrHistogram allows
        for (AbstractHistogram part : parts) {
            if (part != null) {
                largest = Math.max(largest, part.getMaxValue());
            }
        }
        AbstractHistogram sum;
        if (weights <= Short.MAX_VALUE) {
            sum = new ShortCountsHistogram(largest, DIGITS);
        } else if (weights <= Integer.MAX_VALUE) {
            sum = new IntCountsHistogram(largest, DIGITS);
        } else {
            sum = new Histogram(largest, DIGITS);
        }
        for (AbstractHistogram part : parts) {
            if (part != null) {
                sum.add(part);
            }
        }
        return sum;
    }

    /**
     * Takes the interval's figures out and begins the next interval. Of calls none of which was measured only their number is
     * known.
     *
     * @param stealKnownInIt whether steal was known all through the interval; otherwise there is no corrected histogram
     */
    MethodInterval take(boolean stealKnownInIt, long inFlight, long oldestInFlightNs) {
        boolean known = weights > 0 || calls == 0;
        boolean stealKnown = stealKnownInIt && known;
        boolean cpuKnown = weights != cpuUnknownCalls;
        boolean plain = otherWall == null && cpuUnknown == null;
        AbstractHistogram wall = sum(same, cpuUnknown, otherWall);
        AbstractHistogram corrected = null;
        AbstractHistogram stolen = null;
        if (stealKnown) {
            boolean nothingStolen = longStolen == null || longStolen.getMaxValue() == 0;
            corrected = nothingStolen ? wall : sum(same, cpuUnknown, otherCorrected);
            stolen = sum(longStolen);
            stolen.recordValueWithCount(0, weights - stolen.getTotalCount());
        }
        AbstractHistogram cpu = plain ? wall : sum(same, otherCpu);
        MethodInterval taken = new MethodInterval(
                name,
                calls,
                calls - counted,
                known ? exceptions : null,
                known ? wallNs : null,
                known ? selfNs : null,
                known ? callees : null,
                cpuKnown ? cpuNs : null,
                cpuUnknownCalls,
                stealKnown ? stolenNs : null,
                stealKnown ? wallNs - stolenNs : null,
                stealKnown ? boundNs : null,
                uncorrectedCalls,
                samplingFactor,
                drawn == null ? null : drawn.take(recursive),
                inFlight,
                oldestInFlightNs,
                wall,
                corrected,
                cpuKnown ? cpu : null,
                stolen);
        reset();
        return taken;
    }

    private void reset() {
        for (Histogram h : new Histogram[] {same, cpuUnknown}) {
            if (h != null) {
                h.reset();
            }
        }
        otherWall = null; // a packed histogram keeps its size, and is quickly made
        otherCorrected = null;
        otherCpu = null;
        longStolen = null;
        drawn = null;
        calls = 0;
        counted = 0;
        weights = 0;
        exceptions = 0;
        wallNs = 0;
        selfNs = 0;
        callees = 0;
        cpuNs = 0;
        cpuUnknownCalls = 0;
        stolenNs = 0;
        boundNs = 0;
        uncorrectedCalls = 0;
        correctedCalls = 0;
    }
}
