package io.vperf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What became of a method.
 *
 * @param state of the figure that decides: the mean of wall time, or, where that has not changed, the 99th percentile or the median
 * @param figure which decides
 * @param by the reasons, the largest first; their keys are part of the format
 * @param text for people
 */
record Verdict(State state, Figure figure, List<String> by, String text) {

    enum State {
        SLOWER,
        FASTER,
        WITHIN_NOISE,
        UNKNOWN;

        /** Part of the format. */
        String key() {
            return this == WITHIN_NOISE ? "withinNoise" : name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Figure MEAN = new Figure(Metric.WALL, Figure.MEAN);
    private static final List<Figure> OTHERS = List.of(new Figure(Metric.WALL, "p99"), new Figure(Metric.WALL, "p50"));

    static Verdict of(Compared m) {
        Change mean = m.change(MEAN);
        if (mean.isChanged()) {
            return changed(m, MEAN, ofMean(m, mean));
        }
        for (Figure other : OTHERS) {
            if (m.change(other).isChanged()) {
                return changed(m, other, ofPercentile(m, other));
            }
        }
        return mean.state() == Change.State.WITHIN_NOISE
                ? new Verdict(State.WITHIN_NOISE, MEAN, List.of(), "within noise")
                : new Verdict(
                        State.UNKNOWN,
                        MEAN,
                        List.of(),
                        "unknown whether it changed: "
                                + (mean.state() == Change.State.UNKNOWN ? m.why(MEAN) : m.whyNoNoise(MEAN)));
    }

    private static Verdict changed(Compared m, Figure figure, List<Cause.Group> by) {
        boolean more = m.change(figure).state() == Change.State.MORE;
        String reasons = by.isEmpty()
                ? ", by what is not told: "
                        + (m.parts.isEmpty()
                                ? "where time went is unknown (explain=off, or completions)"
                                : "no part of it stands out of the noise")
                : " by " + by.stream().map(Cause.Group::title).collect(Collectors.joining(" and "));
        return new Verdict(
                more ? State.SLOWER : State.FASTER,
                figure,
                by.stream().map(Cause.Group::key).toList(),
                (more ? "slower" : "faster") + (figure.equals(MEAN) ? "" : " at its " + figure.what()) + reasons);
    }

    private static List<Cause.Group> ofMean(Compared m, Change mean) {
        return Cause.behind(mean, m.parts).stream().map(Cause::group).toList();
    }

    /** The same percentile of other times moved with it. */
    private static List<Cause.Group> ofPercentile(Compared m, Figure figure) {
        Change.State state = m.change(figure).state();
        List<Cause.Group> by = new ArrayList<>();
        if (m.change(new Figure(Metric.CPU, figure.what())).state() == state) {
            by.add(Cause.Group.CPU);
        }
        if (m.change(new Figure(Metric.STOLEN, figure.what())).state() == state) {
            by.add(Cause.Group.STEAL);
        }
        return by;
    }
}
