package io.vperf.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;

/** What is to be known of a method's figures before they are believed: which calls they are not of. */
final class MethodNotes {

    static final String TO_COMPLETION =
            "to its end on whatever threads: self, CPU and stolen time are nobody's to know";

    private MethodNotes() {}

    /** Of calls in progress; an estimate where calls are drawn, as each of these stands for many. */
    static String running(MethodSummary m) {
        return (m.sampled.isDrawn() ? "about " : "") + Units.count(m.inFlight) + " still running, the oldest for "
                + Units.duration(m.oldestInFlightNs);
    }

    /**
     * Lines about calls that lack a time or are not told of, none where every call has all; in the report they stand below the figures.
     *
     * @param stealKnown whether the run's steal is known: where it is not that is told once for all methods
     */
    static List<String> incomplete(MethodSummary m, boolean stealKnown) {
        List<String> lines = new ArrayList<>();
        if (m.cpuUnknownCalls > 0 && m.cpu().getTotalCount() > 0) {
            lines.add("calls with unknown CPU time: " + Units.count(m.cpuUnknownCalls));
        }
        if (m.uncorrectedCalls > 0) {
            lines.add("calls that stand in corrected with their raw time: "
                    + share(m.uncorrectedCalls, m.corrected.wall().getTotalCount())
                    + "; in at least without what can have been stolen");
        }
        long withoutCorrected = m.wall().getTotalCount() - m.corrected.wall().getTotalCount();
        if (withoutCorrected > 0 && stealKnown) {
            lines.add("calls whose corrected time is unknown: "
                    + share(withoutCorrected, m.wall().getTotalCount())
                    + (m.corrected.isKnown() ? "; corrected and stolen are of the others" : ""));
        }
        List<TimeSpent.Slow> slowest = m.timeSpent.slowest();
        AbstractHistogram wall = m.wall();
        if (!slowest.isEmpty()
                && wall.lowestEquivalentValue(wall.getMaxValue())
                        > slowest.get(0).call().wallNs()) {
            lines.add("calls slower than the slowest told of, up to " + Units.duration(wall.getMaxValue())
                    + ", were not kept whole");
        }
        return lines;
    }

    /** Nothing where all calls' times are in the sums. */
    static List<String> unmeasured(MethodSummary m) {
        return m.unmeasuredCalls == 0
                ? List.of()
                : List.of("calls of intervals in which none was drawn: " + Units.count(m.unmeasuredCalls)
                        + "; their times are unknown, and in no sum");
    }

    static String share(long calls, long ofCalls) {
        return Units.count(calls) + " of " + Units.count(ofCalls) + " (" + Units.percent(calls, ofCalls) + ")";
    }
}
