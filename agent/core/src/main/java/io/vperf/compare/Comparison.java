package io.vperf.compare;

import io.vperf.report.Runs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Two sets of runs, held against each other. */
public final class Comparison {

    final Runs runsOfA;
    final Runs runsOfB;
    private final List<Compared> methods = new ArrayList<>();
    private final List<String> onlyInA = new ArrayList<>();
    private final List<String> onlyInB = new ArrayList<>();
    private final List<Limit.Result> results = new ArrayList<>();
    private final boolean limited;

    /**
     * Compares.
     *
     * @param samplesOfA of the runs of A, in their order
     * @param limits that are checked for every method in both
     */
    public Comparison(
            Runs runsOfA, List<RunSamples> samplesOfA, Runs runsOfB, List<RunSamples> samplesOfB, List<Limit> limits) {
        this.runsOfA = runsOfA;
        this.runsOfB = runsOfB;
        limited = !limits.isEmpty();
        Set<String> names = new LinkedHashSet<>();
        samplesOfA.forEach(run -> names.addAll(run.methods()));
        samplesOfB.forEach(run -> names.addAll(run.methods()));
        for (String name : names) {
            Side a = new Side(samplesOfA, name);
            Side b = new Side(samplesOfB, name);
            if (a.isCalled() && b.isCalled()) {
                methods.add(new Compared(name, a, b));
            } else if (a.isCalled() || b.isCalled()) {
                (a.isCalled() ? onlyInA : onlyInB).add(name);
            }
        }
        methods.sort(Comparator.comparingDouble(Comparison::weight).reversed());
        methods.forEach(m -> limits.forEach(limit -> results.add(limit.check(m))));
    }

    /** Wall time that was won or lost, and, where that is noise, spent. */
    private static double weight(Compared m) {
        Double sum = new Figure(Metric.WALL, Figure.SUM).of(m.b.all);
        Double percent = m.change(new Figure(Metric.WALL, Figure.MEAN)).percent();
        boolean changed = m.verdict.state() == Verdict.State.SLOWER || m.verdict.state() == Verdict.State.FASTER;
        double share = percent == null || sum == null ? 0 : Math.min(1e6, Math.abs(percent)) * sum / 1e12;
        return changed ? 1 + share : share / (1 + share);
    }

    /** Those in both; what changed most stands first. */
    List<Compared> methods() {
        return methods;
    }

    List<String> onlyInA() {
        return onlyInA;
    }

    List<String> onlyInB() {
        return onlyInB;
    }

    List<Limit.Result> results() {
        return results;
    }

    boolean isLimited() {
        return limited;
    }

    public boolean isAnyLimitBroken() {
        return results.stream().anyMatch(result -> result.state() == Limit.State.BROKEN);
    }

    /** Whether a figure is unknown that a limit is of, or there was nothing to hold against the limits at all. */
    public boolean isAnyLimitUnchecked() {
        return limited
                && (results.isEmpty() || results.stream().anyMatch(result -> result.state() == Limit.State.UNKNOWN));
    }
}
