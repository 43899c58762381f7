package io.vperf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One method in one of the two sets of runs. */
final class Side {

    /** Fewer say too little of how much they differ. */
    static final int FEWEST_BLOCKS = 5;

    /** Those in which it was called, with their blocks. */
    private final List<List<Sample>> runs = new ArrayList<>();

    final Sample all = new Sample();
    private final long leastStolenNs;
    private final long mostStolenNs;
    private final Resampling resampling;
    private final Map<Figure, Double> errors;

    Side(List<RunSamples> of, String method) {
        long least = 0;
        long most = 0;
        for (RunSamples run : of) {
            List<Sample> blocks = run.of(method);
            if (blocks.isEmpty()) {
                continue;
            }
            runs.add(blocks);
            Sample sum = new Sample();
            blocks.forEach(sum::add);
            all.add(sum);
            Long mostOfRunNs = run.mostStolenNs();
            least += sum.leastStolenNs();
            most += mostOfRunNs == null ? sum.mostStolenNs() : Math.min(sum.mostStolenNs(), mostOfRunNs);
        }
        leastStolenNs = least;
        mostStolenNs = most;
        resampling = new Resampling(runs);
        errors = isNoiseKnown() ? resampling.errors() : Map.of();
    }

    /** What is drawn again: runs where there are several, else blocks of the only one. */
    int units() {
        return runs.size() == 1 ? runs.get(0).size() : runs.size();
    }

    boolean isNoiseKnown() {
        return units() >= (runs.size() == 1 ? FEWEST_BLOCKS : 2);
    }

    /** Why not, if not. */
    String whyNoNoise() {
        return runs.isEmpty()
                ? "it was not called"
                : "it was called in " + units() + " of its intervals only, " + FEWEST_BLOCKS
                        + " are needed: take longer runs, or a shorter interval=";
    }

    boolean isCalled() {
        return !runs.isEmpty();
    }

    /** Nanoseconds; null where unknown. */
    @Nullable
    Double value(Figure figure) {
        return figure.of(all);
    }

    /** Standard error of that; null where unknown. */
    @Nullable
    Double error(Figure figure) {
        return errors.get(figure);
    }

    /** Standard error of several parts together. */
    @Nullable
    Double partsError(ToDoubleFunction<Sample> sum) {
        return isNoiseKnown() && all.splitCalls() > 0 ? resampling.error(sum, Sample::splitCalls) : null;
    }

    /** No true value of a corrected figure is smaller; the value itself of others. */
    double least(Figure figure, double value) {
        return switch (figure.metric()) {
            case CORRECTED ->
                figure.isPercentile() ? figure.of(all.least) : value - perCall(figure, mostStolenNs - stolenNs());
            case STOLEN -> figure.isPercentile() ? value : value - perCall(figure, stolenNs() - leastStolenNs);
            default -> value;
        };
    }

    /** And none is larger. */
    double most(Figure figure, double value) {
        return switch (figure.metric()) {
            case CORRECTED ->
                figure.isPercentile() ? figure.of(all.most) : value + perCall(figure, stolenNs() - leastStolenNs);
            case STOLEN -> figure.isPercentile() ? value : value + perCall(figure, mostStolenNs - stolenNs());
            default -> value;
        };
    }

    private double perCall(Figure figure, long ns) {
        return figure.what().equals(Figure.SUM) ? ns : (double) ns / Math.max(1, all.least.getTotalCount());
    }

    private long stolenNs() {
        Long ns = all.sumNs(Metric.STOLEN);
        return ns == null ? 0 : ns;
    }
}
