package io.vperf.record;

import io.vperf.clock.ThreadClock;
import io.vperf.steal.Verdict;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one method in one interval that one time does not tell all of: long ones, and those whose CPU time differs
 * from their wall time. Each of their times enters a histogram of its own, but one that would be like another's copy is made only
 * when a call makes the two differ: few methods are stolen from.
 *
 * <p>Filled with the lock of {@link MethodStats} held; when the interval has been taken it belongs to who took it.
 */
final class OtherCalls {

    /** Nobody adds to it. */
    static final OtherCalls NONE = new OtherCalls();

    /** All of these calls but the uncorrected ones. */
    final PackedHistogram wall = Histograms.packed();

    /** Their corrected times; null: as {@link #wall}. */
    @Nullable
    PackedHistogram corrected;

    /** What each of these is at least and at most by the bounds of its steal; null: as {@link #corrected}. */
    @Nullable
    PackedHistogram correctedLeast;

    @Nullable
    PackedHistogram correctedMost;

    /** Wall times of long calls of which nobody can say what was stolen from them. */
    @Nullable
    PackedHistogram uncorrected;

    /** What was stolen from the calls that were stolen from. */
    @Nullable
    PackedHistogram stolen;

    /** CPU times of those calls, uncorrected ones included, of which they are known. */
    @Nullable
    PackedHistogram cpu;

    /** The same corrected, if all of them could be; null: as {@link #cpu}. */
    @Nullable
    PackedHistogram cpuCorrected;

    /** Sums over outermost calls. */
    long stolenNs;

    long leastStolenNs;
    long mostStolenNs;

    /** What CPU time held of steal. */
    long cpuStolenNs;

    /** Long calls, each once, whatever it stands for. */
    long correctedCalls;

    long uncorrectedCalls;

    /** How many calls the uncorrected ones stand for. */
    long uncorrectedWeights;

    /** Of long calls with known CPU time, those whose CPU time was not to be corrected. */
    long cpuNotCorrectedCalls;

    private long firstEntryNs = Long.MAX_VALUE;

    /** Of the uncorrected calls that came without their entry. */
    private long longestNs;

    /** A call too short to hide steal, or one that cannot be corrected where there is no steal to be known. */
    void addShort(long word, long wallNs, long cpuNs) {
        addTimes(word, wallNs, wallNs, wallNs, wallNs, cpuNs, cpuNs);
    }

    /**
     * A long call that was corrected.
     *
     * @param correctedCpuNs {@link ThreadClock#UNKNOWN} if it is not to be corrected
     */
    void addCorrected(long word, long entryNs, long wallNs, long cpuNs, long correctedCpuNs, Verdict verdict) {
        long weight = CallWords.weight(word);
        correctedCalls++;
        firstEntryNs = Math.min(firstEntryNs, entryNs);
        // Nothing longer than the call can be stolen from it, whatever its callees' bounds add up to.
        long mostNs = Math.min(verdict.mostNs(), wallNs);
        boolean cpuKnown = !CallWords.is(word, CallWords.CPU_UNKNOWN);
        boolean correctsCpu = correctedCpuNs != ThreadClock.UNKNOWN;
        addTimes(
                word,
                wallNs,
                wallNs - verdict.stolenNs(),
                wallNs - mostNs,
                wallNs - verdict.leastNs(),
                cpuNs,
                correctsCpu ? correctedCpuNs : cpuNs);
        if (cpuKnown && !correctsCpu) {
            cpuNotCorrectedCalls++;
        }
        if (verdict.stolenNs() > 0) {
            stolen = stolen == null ? Histograms.packed() : stolen;
            stolen.recordValueWithCount(verdict.stolenNs(), weight);
        }
        if (CallWords.is(word, CallWords.OUTERMOST)) {
            stolenNs += verdict.stolenNs() * weight;
            leastStolenNs += verdict.leastNs() * weight;
            mostStolenNs += mostNs * weight;
            cpuStolenNs += cpuKnown && correctsCpu ? (cpuNs - correctedCpuNs) * weight : 0;
        }
    }

    /** A long call that steal may have hit, but nobody can say how much. */
    void addUncorrected(long word, long entryNs, long wallNs, long cpuNs) {
        firstEntryNs = Math.min(firstEntryNs, entryNs);
        addUncorrected(word, wallNs, cpuNs);
    }

    /** One that began nobody knows when; it ended in this interval. */
    void addUncorrectedLate(long word, long wallNs, long cpuNs) {
        longestNs = Math.max(longestNs, wallNs);
        addUncorrected(word, wallNs, cpuNs);
    }

    private void addUncorrected(long word, long wallNs, long cpuNs) {
        long weight = CallWords.weight(word);
        uncorrectedCalls++;
        uncorrectedWeights += weight;
        uncorrected = uncorrected == null ? Histograms.packed() : uncorrected;
        uncorrected.recordValueWithCount(wallNs, weight);
        addCpu(word, cpuNs, cpuNs);
        if (CallWords.is(word, CallWords.OUTERMOST)) {
            mostStolenNs += wallNs * weight;
        }
    }

    /** When the first of the long calls began, or earlier; {@link Long#MAX_VALUE} if there were none. */
    long firstEntryNs(long intervalBeganNs) {
        return longestNs == 0 ? firstEntryNs : Math.min(firstEntryNs, intervalBeganNs - longestNs);
    }

    /** Each histogram before the one it may be a copy of, which then lacks the call as yet. */
    private void addTimes(
            long word, long wallNs, long correctedNs, long leastNs, long mostNs, long cpuNs, long correctedCpuNs) {
        long weight = CallWords.weight(word);
        PackedHistogram before = corrected == null ? wall : corrected;
        if (correctedLeast != null || isWide(correctedNs, leastNs)) {
            correctedLeast = differing(correctedLeast, before, leastNs, weight);
        }
        if (correctedMost != null || isWide(correctedNs, mostNs)) {
            correctedMost = differing(correctedMost, before, mostNs, weight);
        }
        if (corrected != null || !wall.valuesAreEquivalent(wallNs, correctedNs)) {
            corrected = differing(corrected, wall, correctedNs, weight);
        }
        wall.recordValueWithCount(wallNs, weight);
        addCpu(word, cpuNs, correctedCpuNs);
    }

    private void addCpu(long word, long cpuNs, long correctedCpuNs) {
        if (!CallWords.is(word, CallWords.CPU_UNKNOWN)) {
            long weight = CallWords.weight(word);
            cpu = cpu == null ? Histograms.packed() : cpu;
            if (cpuCorrected != null || !cpu.valuesAreEquivalent(cpuNs, correctedCpuNs)) {
                cpuCorrected = differing(cpuCorrected, cpu, correctedCpuNs, weight);
            }
            cpu.recordValueWithCount(cpuNs, weight);
        }
    }

    /** Whether a bound differs from what it bounds by more than 1 %, which is what histograms tell. */
    private static boolean isWide(long ns, long boundNs) {
        return Math.abs(boundNs - ns) > ns / 100;
    }

    /** Adds to what holds all calls of another histogram until one differs. */
    private static PackedHistogram differing(
            @Nullable PackedHistogram own, PackedHistogram base, long ns, long weight) {
        PackedHistogram to = own == null ? base.copy() : own;
        to.recordValueWithCount(ns, weight);
        return to;
    }
}
