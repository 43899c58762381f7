package io.vperf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** The report's part about methods. */
final class MethodText {

    private static final String UNKNOWN = "-";

    /** As in {@link #add}; the last one is the maximum. */
    private static final double[] PERCENTILES = {50, 99, 99.9, 100};

    /** After a corrected figure. */
    private static final String UNCERTAIN = "?";

    private final Runs.Surroundings around;
    private final List<String> lines = new ArrayList<>();
    private boolean anyUncertain;

    private MethodText(Runs.Surroundings around) {
        this.around = around;
    }

    /** Its lines, the last one empty. */
    static List<String> of(List<MethodSummary> methods, Runs.Surroundings around) {
        if (methods.isEmpty()) {
            return List.of("No measured method was called.", "");
        }
        MethodText text = new MethodText(around);
        methods.forEach(text::add);
        if (text.anyUncertain) {
            text.lines.add(UNCERTAIN
                    + " after a figure: it was corrected by less than it may be wrong, or may be that of a call that"
                    + " could not be corrected; it may as well be raw.");
            text.lines.add("");
        }
        return text.lines;
    }

    private void add(MethodSummary m) {
        lines.add(m.name);
        if (m.calls == 0) {
            lines.add("  no call has ended" + (m.inFlight == 0 ? "" : "; " + MethodNotes.running(m)));
            lines.add("");
            return;
        }
        Long mostProbeNs = around.mostProbeNs();
        lines.add("  " + Units.count(m.calls) + (m.calls == 1 ? " call, " : " calls, ") + exceptions(m)
                + ", self " + m.sampled.self.text() + ", total " + m.sampled.total.text() + ", stolen "
                + stolen(m.corrected, around.mostStolenNs())
                + (m.inFlight == 0 ? "" : ", " + MethodNotes.running(m)));
        m.sampled.text().forEach(text -> lines.add("  " + text));
        MethodNotes.unmeasured(m).forEach(text -> lines.add("  " + text));
        lines.add(Table.row("", "p50", "p99", "p99.9", "max"));
        row("wall", m.wall());
        if (m.toCompletion) {
            lines.add("  " + MethodNotes.TO_COMPLETION);
            lines.add("");
            return;
        }
        corrected(m);
        if (m.timeSpent.isAnyNoisy()) {
            row("quiet", m.timeSpent.quiet());
        }
        row("cpu", m.cpu());
        correctedCpu(m);
        if (m.timeSpent.isAnyNoisy()) {
            lines.add("  quiet: " + MethodNotes.share(m.timeSpent.quiet().getTotalCount(), m.timeSpent.quietAmong())
                    + " began while nothing was stolen or throttled");
        }
        m.timeSpent.lines().forEach(text -> lines.add("  " + text));
        m.counters
                .lines(m.wall().getTotalCount(), m.measuredCallees, around.probeCounts())
                .forEach(lines::add);
        m.probes.text(mostProbeNs).ifPresent(text -> lines.add("  " + text));
        m.probes.calleesText(mostProbeNs).ifPresent(text -> lines.add("  " + text));
        MethodNotes.incomplete(m, around.stealKnown()).forEach(text -> lines.add("  " + text));
        lines.add("");
    }

    /** Of calls that were drawn the number is an estimate. */
    private static String exceptions(MethodSummary m) {
        Long count = m.exceptions;
        if (count == null) {
            return "exceptions unknown";
        }
        if (m.sampled.isDrawn() && count == 0) {
            return "no exception among those drawn";
        }
        return (m.sampled.isDrawn() ? "about " : "") + Units.count(count) + (count == 1 ? " exception" : " exceptions");
    }

    private String stolen(CorrectedTimes corrected, @Nullable Long mostOfRunNs) {
        if (!corrected.isKnown()) {
            return "unknown";
        }
        long stolenNs = corrected.stolenNs();
        long boundNs = corrected.boundNs(mostOfRunNs);
        return Units.duration(stolenNs) + mark(CorrectedTimes.isUncertain(stolenNs, boundNs)) + " ± "
                + Units.duration(boundNs) + " (" + Units.percent(stolenNs, corrected.rawNs()) + ")";
    }

    private String mark(boolean uncertain) {
        anyUncertain |= uncertain;
        return uncertain ? UNCERTAIN : "";
    }

    private void corrected(MethodSummary m) {
        CorrectedTimes corrected = m.corrected;
        if (!corrected.isKnown() || !corrected.isBounded()) {
            row("corrected", corrected.wall());
            return;
        }
        row("corrected", corrected.wall(), p -> corrected.isUncertain(m.wall(), p, m.uncorrectedCalls));
        row("  at least", corrected.least());
        row("  at most", corrected.most());
    }

    private void correctedCpu(MethodSummary m) {
        AbstractHistogram cpu = m.corrected.cpu();
        if (cpu.getTotalCount() > 0) {
            row("cpu-corrected", cpu, p -> CorrectedTimes.mayBeRaw(cpu, p, m.uncorrectedCalls));
        }
    }

    /** An empty histogram is of times that nobody knows: there were calls. */
    private void row(String name, AbstractHistogram h) {
        if (h.getTotalCount() == 0) {
            lines.add(Table.row(name, "unknown", UNKNOWN, UNKNOWN, UNKNOWN));
            return;
        }
        row(name, h, p -> false);
    }

    private void row(String name, AbstractHistogram h, DoublePredicate isUncertain) {
        String[] values = new String[PERCENTILES.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Units.duration(h.getValueAtPercentile(PERCENTILES[i])) + mark(isUncertain.test(PERCENTILES[i]));
        }
        lines.add(Table.row(name, values));
    }
}
