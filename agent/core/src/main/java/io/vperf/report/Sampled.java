package io.vperf.report;

import io.vperf.record.Estimate;
import io.vperf.record.MethodInterval;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of a method's times where calls were drawn, or calls that it made were only counted. */
final class Sampled {

    final EstimatedSum total = new EstimatedSum();
    final EstimatedSum self = new EstimatedSum();

    /** Those that the probe's own time is of. */
    private long drawnWeights;

    private long drawnCalls;
    private long otherCalls;
    private long countedCallees;
    private boolean recursive;
    private boolean toCompletion;

    void add(MethodInterval m) {
        Estimate e = m.estimate();
        Long measured = m.measuredCalls();
        toCompletion |= m.isToCompletion();
        otherCalls += measured == null ? m.calls() : measured;
        if (e == null) {
            total.add(m.wallNs(), 0, 0, 0, false);
            self.add(m.selfNs(), 0, 0, 0, false);
            return;
        }
        total.add(m.wallNs(), e.probeNs(), e.waitsNs(), e.wallErrorNs(), e.recursive());
        self.add(m.selfNs(), e.probeNs(), e.selfWaitsNs(), e.selfErrorNs(), e.recursive() || e.countedCallees() > 0);
        drawnCalls += e.drawnCalls();
        otherCalls -= e.drawnCalls();
        drawnWeights += e.probeNs() == 0 ? 0 : m.wall().getTotalCount();
        countedCallees += e.countedCallees();
        recursive |= e.recursive();
    }

    /** Adds another run's. */
    void add(Sampled other) {
        total.add(other.total);
        self.add(other.self);
        drawnWeights += other.drawnWeights;
        drawnCalls += other.drawnCalls;
        otherCalls += other.otherCalls;
        countedCallees += other.countedCallees;
        recursive |= other.recursive;
        toCompletion |= other.toCompletion;
    }

    boolean isDrawn() {
        return drawnCalls > 0;
    }

    /** Lines for the report; none where every call was measured. */
    List<String> text() {
        List<String> lines = new ArrayList<>();
        if (drawnCalls > 0) {
            lines.add("measured: " + Units.count(drawnCalls) + " of them, drawn at random"
                    + (otherCalls == 0 ? "" : ", and " + Units.count(otherCalls) + " from times when all were measured")
                    + (toCompletion
                            ? "; all figures are estimated from those"
                            : "; the number of calls is exact, the rest is estimated from those"));
        }
        if (drawnWeights > 0) {
            String each = Units.duration(total.probeNs() / drawnWeights);
            lines.add("raw: self " + raw(self) + ", total " + raw(total) + ", with " + Units.duration(total.probeNs())
                    + " of the probe's own; some " + each + " of each time below are its own too");
        }
        if (total.waitsNs() > 0) {
            lines.add(
                    "self and total hold " + Units.duration(self.waitsNs()) + " and " + Units.duration(total.waitsNs())
                            + " of waiting for a vCPU that came between drawn calls; raw and the times below do not");
        }
        if (recursive) {
            lines.add(
                    "it calls itself: self and total may hold a moment more than once, as levels are drawn one by one");
        }
        if (countedCallees > 0) {
            lines.add("self holds " + (drawnCalls > 0 ? "about " : "") + Units.count(countedCallees)
                    + (countedCallees == 1 ? " call" : " calls") + " of measured methods that "
                    + (countedCallees == 1 ? "was" : "were") + " only counted");
        }
        return lines;
    }

    private static String raw(EstimatedSum sum) {
        Long rawNs = sum.rawNs();
        return rawNs == null ? "unknown" : Units.durationWithin(rawNs, sum.errorNs());
    }
}
