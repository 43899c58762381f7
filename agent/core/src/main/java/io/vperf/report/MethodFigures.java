package io.vperf.report;

import io.vperf.explain.SlowCall;
import io.vperf.explain.WallSplit;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one method, for those that show it otherwise than as text; the figures are those of {@link TextReport}.
 * Times in nanoseconds. Null means unknown, never zero.
 */
public final class MethodFigures {

    private final MethodSummary m;
    private final Runs.Surroundings around;

    MethodFigures(MethodSummary m, Runs.Surroundings around) {
        this.m = m;
        this.around = around;
    }

    public String name() {
        return m.name;
    }

    /** Exact; of completions an estimate where calls are drawn. */
    public long calls() {
        return m.calls;
    }

    public @Nullable Long exceptions() {
        return m.exceptions;
    }

    /** Whether all but {@link #calls} is estimated from calls that were drawn. */
    public boolean isEstimated() {
        return m.sampled.isDrawn();
    }

    /** Best estimate of wall time less that of measured callees. */
    public @Nullable Long selfNs() {
        return known(m.sampled.self.bestNs());
    }

    /** The same with its bound, as the text report has it. */
    public String self() {
        return m.sampled.self.text();
    }

    /** Best estimate of the sum of wall time. */
    public @Nullable Long totalNs() {
        return known(m.sampled.total.bestNs());
    }

    /** The same with its bound, as the text report has it. */
    public String total() {
        return m.sampled.total.text();
    }

    private static @Nullable Long known(long ns) {
        return ns < 0 ? null : ns;
    }

    public @Nullable Long stolenNs() {
        return isCorrected() ? Long.valueOf(m.corrected.stolenNs()) : null;
    }

    /** The true stolen time lies within {@link #stolenNs} ± this. */
    public @Nullable Long stolenBoundNs() {
        return isCorrected() ? Long.valueOf(m.corrected.boundNs(around.mostStolenNs())) : null;
    }

    /** Wall time of the intervals that {@link #stolenNs} is of. */
    public @Nullable Long stolenOfNs() {
        return isCorrected() ? Long.valueOf(m.corrected.rawNs()) : null;
    }

    private boolean isCorrected() {
        return m.corrected.isKnown() && !m.toCompletion;
    }

    /** Whether these are times up to a completion: then of wall time alone. */
    public boolean isToCompletion() {
        return m.toCompletion;
    }

    public @Nullable AbstractHistogram wall() {
        return filled(m.wall());
    }

    public @Nullable AbstractHistogram corrected() {
        return isCorrected() ? m.corrected.wall() : null;
    }

    /** No true percentile is smaller; null where steal is unknown, and where it is all known to be {@link #corrected}. */
    public @Nullable AbstractHistogram correctedLeast() {
        return isCorrected() && m.corrected.isBounded() ? m.corrected.least() : null;
    }

    /** No true percentile is larger; null as {@link #correctedLeast}. */
    public @Nullable AbstractHistogram correctedMost() {
        return isCorrected() && m.corrected.isBounded() ? m.corrected.most() : null;
    }

    /** Whether a corrected percentile may as well be the raw one. */
    public boolean isUncertain(double percentile) {
        return isCorrected()
                && m.corrected.isBounded()
                && m.corrected.isUncertain(m.wall(), percentile, m.uncorrectedCalls);
    }

    /** Of calls that began while nothing was stolen or throttled; null where that is unknown. */
    public @Nullable AbstractHistogram quiet() {
        return m.timeSpent.quietAmong() == 0 ? null : m.timeSpent.quiet();
    }

    /** Of how many calls it is known whether they are quiet. */
    public long quietAmong() {
        return m.timeSpent.quietAmong();
    }

    public @Nullable AbstractHistogram cpu() {
        return filled(m.cpu());
    }

    /** CPU time less steal; null where it holds none, or nobody can say whether it does. */
    public @Nullable AbstractHistogram cpuCorrected() {
        return filled(m.corrected.cpu());
    }

    private static @Nullable AbstractHistogram filled(AbstractHistogram h) {
        return h.getTotalCount() == 0 ? null : h;
    }

    public @Nullable WallSplit split() {
        return m.timeSpent.split();
    }

    /** The slowest first, at most three. */
    public List<SlowCall> slowest() {
        return m.timeSpent.slowest().stream().map(TimeSpent.Slow::call).toList();
    }

    /** In progress at the end of the latest interval; an estimate where calls are drawn. */
    public long inFlight() {
        return m.inFlight;
    }

    /** What the text report says besides, line by line. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (m.inFlight > 0) {
            notes.add(MethodNotes.running(m));
        }
        if (m.calls == 0) {
            return notes;
        }
        notes.addAll(m.sampled.text());
        notes.addAll(MethodNotes.unmeasured(m));
        if (m.toCompletion) {
            notes.add(MethodNotes.TO_COMPLETION);
            return notes;
        }
        m.counters
                .lines(m.wall().getTotalCount(), m.measuredCallees, around.probeCounts())
                .forEach(notes::add);
        m.probes.text(around.mostProbeNs()).ifPresent(notes::add);
        m.probes.calleesText(around.mostProbeNs()).ifPresent(notes::add);
        notes.addAll(MethodNotes.incomplete(m, around.stealKnown()));
        return notes;
    }
}
