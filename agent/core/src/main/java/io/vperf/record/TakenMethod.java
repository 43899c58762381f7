package io.vperf.record;

import io.vperf.explain.Explanation;
import io.vperf.explain.QuietTimes;
import io.vperf.steal.StealCounters;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What was taken of one method at the end of an interval, its correction still open: that asks the steal counters, and they
 * must not be asked with the method's lock held.
 *
 * @param raw without a correction
 * @param others what the correction is made of
 * @param noisy wall times of calls that are not known to have begun in quiet slices; null: there are none
 */
record TakenMethod(
        MethodInterval raw, OtherCalls others, @Nullable PackedHistogram noisy) {

    /** Where every time is to be had by its slice. */
    QuietTimes quiet() {
        return new QuietTimes(noisy == null ? raw.wall() : Histograms.without(raw.wall(), noisy));
    }

    /** With where its time went. */
    TakenMethod with(Explanation explanation) {
        return new TakenMethod(raw.with(explanation), others, noisy);
    }

    /**
     * As it is where steal was known all through the interval.
     *
     * @param cpuIncludesSteal whether CPU times hold the steal, and so are corrected too
     * @param intervalBeganNs by the wall clock
     */
    MethodInterval corrected(StealCounters counters, boolean cpuIncludesSteal, long intervalBeganNs) {
        if (raw.wallNs() == null) {
            return raw; // none of its calls was measured
        }
        long firstEntryNs = others.firstEntryNs(intervalBeganNs);
        if (firstEntryNs == Long.MAX_VALUE) {
            return raw.with(correction(true, 0, cpuIncludesSteal), 0); // there were no long calls
        }
        boolean noneSeen = counters.noneStolenSince(firstEntryNs);
        if (!noneSeen && others.uncorrectedCalls > 0 && others.correctedCalls == 0) {
            return raw; // there was steal, and of no long call is it known whether it was hit
        }
        long mostNs = counters.mostStolenSinceNs(firstEntryNs);
        return raw.with(correction(noneSeen, mostNs, cpuIncludesSteal), noneSeen ? 0 : raw.uncorrectedCalls());
    }

    /**
     * @param noneSeen whether no counter showed any steal while the long calls ran: then raw is corrected
     * @param mostNs the most that can have been stolen from all calls since the first long one began
     */
    private Correction correction(boolean noneSeen, long mostNs, boolean cpuIncludesSteal) {
        PackedHistogram own = others.corrected;
        AbstractHistogram corrected = own == null ? raw.wall() : withOthers(own);
        boolean bounded = !noneSeen || others.stolen != null;
        PackedHistogram ownMost = others.correctedMost;
        AbstractHistogram cpu = raw.cpu();
        Long cpuNs = raw.cpuNs();
        boolean correctsCpu = cpuIncludesSteal && cpu != null && cpuNs != null && others.cpuNotCorrectedCalls == 0;
        return new Correction(
                others.stolenNs,
                others.leastStolenNs,
                // Where a call stands for others, the estimate may exceed what can have been stolen.
                Math.max(others.stolenNs, Math.min(others.mostStolenNs, mostNs)),
                corrected,
                bounded ? least(corrected, noneSeen ? 0 : mostNs) : null,
                bounded && ownMost != null ? withOthers(ownMost) : null,
                stolen(),
                cpuNs == null || !correctsCpu ? null : Long.valueOf(cpuNs - others.cpuStolenNs),
                cpu == null || !correctsCpu ? null : correctedCpu(cpu));
    }

    /** All wall times with those of the other calls exchanged. */
    private AbstractHistogram withOthers(PackedHistogram own) {
        return Histograms.exchange(raw.wall(), others.wall, own);
    }

    /** From each uncorrected call as much may have been stolen as was stolen at all. */
    private @Nullable AbstractHistogram least(AbstractHistogram corrected, long mostNs) {
        PackedHistogram own = others.correctedLeast;
        AbstractHistogram least = own == null ? null : withOthers(own);
        PackedHistogram uncorrected = others.uncorrected;
        return uncorrected == null || mostNs == 0
                ? least
                : Histograms.exchange(least == null ? corrected : least, uncorrected, lessened(uncorrected, mostNs));
    }

    private static PackedHistogram lessened(PackedHistogram times, long ns) {
        PackedHistogram less = Histograms.packed();
        times.recordedValues().forEach(v -> {
            long timeNs = times.lowestEquivalentValue(v.getValueIteratedTo());
            less.recordValueWithCount(timeNs > ns ? timeNs - ns : 0, v.getCountAtValueIteratedTo());
        });
        return less;
    }

    private AbstractHistogram stolen() {
        long calls = raw.wall().getTotalCount();
        AbstractHistogram stolen = Histograms.sum(calls, others.stolen);
        stolen.recordValueWithCount(0, calls - stolen.getTotalCount());
        return stolen;
    }

    private AbstractHistogram correctedCpu(AbstractHistogram cpu) {
        return others.cpu == null || others.cpuCorrected == null
                ? cpu
                : Histograms.exchange(cpu, others.cpu, others.cpuCorrected);
    }
}
