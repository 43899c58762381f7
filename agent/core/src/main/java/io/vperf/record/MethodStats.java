package io.vperf.record;

import io.vperf.lock.BriefLock;
import io.vperf.steal.Verdict;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one method in the running interval. Every access holds its {@link #lock}, but for {@link #lost}.
 *
 * <p>Most calls are short and on the CPU all the time: one time is their wall, corrected and CPU time, and enters one
 * histogram. Of other calls each time enters a histogram of its own, see {@link OtherCalls}. The snapshot adds them up, so
 * all hold the same calls. The first kind of histogram is quick, the others are packed, as most methods need little of
 * them.
 */
final class MethodStats {

    final BriefLock lock = new BriefLock();

    private final String name;

    /** Calls with a known CPU time that is their wall time, which is their corrected time. */
    private @Nullable Histogram same;

    /** Short calls whose CPU time is unknown. */
    private @Nullable Histogram cpuUnknown;

    /** All others; made anew in each interval. */
    private @Nullable OtherCalls others;

    /** Measured ones, and those that were only counted. */
    private long calls;

    /** Those of the calls that were only counted. */
    private long counted;

    /** How many calls the measured ones stand for: the histograms' total count. Of the calls, if all are measured. */
    private long weights;

    /** Of the running interval by now, see {@link MethodInterval#samplingFactor}. */
    private int samplingFactor = 1;

    private @Nullable DrawnCalls drawn;

    private @Nullable CountedCalls counts;

    /** Whether any call was ever seen to be made within one of the same method. */
    private boolean recursive;

    /** Of the run: calls that steal can have hit, and those too short for that. */
    private long longCalls;

    private long shortCalls;

    private long exceptions;
    private long wallNs;
    private long selfNs;
    private long callees;
    private long cpuNs;
    private long cpuUnknownCalls;

    /** Whether no end was seen of some call. Set by any thread, read by the dumper. */
    volatile boolean lost;

    /** The dumper's. */
    boolean lostTold;

    private final SpentTime spent = new SpentTime();

    /** Null where nobody asked for it. */
    private @Nullable SlicedTimes slices;

    MethodStats(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    SpentTime spent() {
        return spent;
    }

    boolean hasCalls() {
        return calls > 0;
    }

    long calls() {
        return calls;
    }

    /** Where the times of plain calls go, beside {@link #addPlain}. */
    Histogram plainTimes() {
        SlicedTimes sliced = slices;
        return sliced == null ? same() : sliced.plain();
    }

    private Histogram same() {
        same = same == null ? Histograms.quick() : same;
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
        shortCalls += plainCalls;
        weights += plainCalls;
        recursive |= outermostNs != sumNs;
        selfNs += sumNs;
        wallNs += outermostNs;
        cpuNs += outermostNs;
        spent.addRunning(outermostNs);
    }

    /** Calls that were not measured: others, which were, stand for them too. */
    void addCounted(long countedCalls) {
        calls += countedCalls;
        counted += countedCalls;
    }

    int samplingFactor() {
        return samplingFactor;
    }

    /** For the interval that begins now, or for the rest of the running one: then it is not smaller than before. */
    void setSamplingFactor(int oneIn) {
        samplingFactor = oneIn;
    }

    /** A call too short to hide steal, or to be explained. */
    void addShort(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        shortCalls += CallWords.weight(word);
        spent.addShort(word, callWallNs, callCpuNs);
        addLong(word, callWallNs, callCpuNs, callSelfNs);
        if (callCpuNs != callWallNs) { // else it is among the plain ones
            addToSlice(word, callWallNs, Slices.Kind.NOW);
        }
    }

    /** A call that is as it is: where steal is not known it has no correction. What {@link #spent} is to be told follows. */
    void addLong(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        add(word, callWallNs, callCpuNs, callSelfNs);
        if (CallWords.is(word, CallWords.CPU_UNKNOWN)) {
            cpuUnknown = cpuUnknown == null ? Histograms.quick() : cpuUnknown;
            cpuUnknown.recordValueWithCount(callWallNs, CallWords.weight(word));
        } else if (callCpuNs == callWallNs) {
            plainTimes().recordValueWithCount(callWallNs, CallWords.weight(word));
        } else {
            others().addShort(word, callWallNs, callCpuNs);
        }
    }

    /**
     * A long call of which it is known what was stolen.
     *
     * @param correctedCpuNs {@link io.vperf.clock.ThreadClock#UNKNOWN} if CPU time is not to be corrected
     */
    void addCorrected(
            long word,
            long entryNs,
            long callWallNs,
            long callCpuNs,
            long correctedCpuNs,
            long callSelfNs,
            Verdict verdict) {
        longCalls += CallWords.weight(word);
        others().addCorrected(word, entryNs, callWallNs, callCpuNs, correctedCpuNs, verdict);
        add(word, callWallNs, callCpuNs, callSelfNs);
    }

    /** A long call that steal may have hit, but nobody can say how much. */
    void addUncorrected(long word, long entryNs, long callWallNs, long callCpuNs, long callSelfNs) {
        longCalls += CallWords.weight(word);
        others().addUncorrected(word, entryNs, callWallNs, callCpuNs);
        add(word, callWallNs, callCpuNs, callSelfNs);
    }

    /** One that ended in this interval and began nobody knows when. */
    void addUncorrectedLate(long word, long callWallNs, long callCpuNs, long callSelfNs) {
        addToSlice(word, callWallNs, Slices.Kind.NOW);
        spent.addUncorrected(word, callWallNs, callCpuNs);
        others().addUncorrectedLate(word, callWallNs, callCpuNs);
        add(word, callWallNs, callCpuNs, callSelfNs);
    }

    /** Has times kept by slices. Called before the first call. */
    void slice() {
        lock.lock();
        try {
            slices = new SlicedTimes();
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    void sliceEnds(boolean beforeWasNoisy) {
        lock.lock();
        try {
            SlicedTimes sliced = slices;
            if (sliced != null && sliced.isAnyOpen()) {
                sliced.sliceEnds(beforeWasNoisy, same());
            }
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    /** The slice in which a call began that is not plain. */
    void addToSlice(long word, long callWallNs, Slices.Kind began) {
        if (slices != null) {
            slices.addOther(callWallNs, CallWords.weight(word), began);
        }
    }

    /** Whether most of the run's calls were too short to hide steal. */
    boolean isMostlyShort() {
        lock.lock();
        try {
            return shortCalls > longCalls;
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    private OtherCalls others() {
        others = others == null ? new OtherCalls() : others;
        return others;
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

    /** What counters say of a call, see {@link CountedCalls#add}. */
    void addCounts(long word, int counters, long estimates, long[] of, int at) {
        counts = counts == null ? new CountedCalls(counters) : counts;
        counts.add(word, estimates, of, at);
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

    /**
     * Takes the interval's figures out and begins the next interval. Of calls none of which was measured only their number is
     * known.
     *
     * @param waitsShare see {@link RehearsalWaits#takeShare}
     * @param counters names of those that calls were counted by
     */
    TakenMethod take(long inFlight, long oldestInFlightNs, double waitsShare, List<String> counters) {
        SlicedTimes sliced = slices;
        PackedHistogram noisy = sliced == null || weights == 0 ? null : sliced.take(same());
        boolean known = weights > 0 || calls == 0;
        boolean cpuKnown = weights != cpuUnknownCalls;
        OtherCalls o = others;
        AbstractHistogram wall = o == null
                ? Histograms.sum(weights, same, cpuUnknown)
                : Histograms.sum(weights, same, cpuUnknown, o.wall, o.uncorrected);
        boolean plain = o == null && cpuUnknown == null;
        AbstractHistogram cpu = plain ? wall : Histograms.sum(weights, same, o == null ? null : o.cpu);
        MethodInterval raw = new MethodInterval(
                name,
                calls,
                calls - counted,
                known ? exceptions : null,
                known ? wallNs : null,
                known ? selfNs : null,
                known ? callees : null,
                cpuKnown ? cpuNs : null,
                cpuUnknownCalls,
                o == null ? 0 : o.uncorrectedWeights,
                samplingFactor,
                drawn == null ? null : drawn.take(recursive, waitsShare),
                inFlight,
                oldestInFlightNs,
                wall,
                cpuKnown ? cpu : null,
                counts == null ? List.of() : counts.take(counters),
                null,
                null);
        reset();
        return new TakenMethod(raw, o == null ? OtherCalls.NONE : o, noisy);
    }

    private void reset() {
        for (Histogram h : new Histogram[] {same, cpuUnknown}) {
            if (h != null) {
                h.reset();
            }
        }
        drawn = null;
        counts = null;
        others = null; // packed histograms keep their size, and are quickly made
        calls = 0;
        counted = 0;
        weights = 0;
        exceptions = 0;
        wallNs = 0;
        selfNs = 0;
        callees = 0;
        cpuNs = 0;
        cpuUnknownCalls = 0;
    }
}
