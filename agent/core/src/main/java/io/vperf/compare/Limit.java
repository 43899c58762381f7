package io.vperf.compare;

import io.vperf.report.Units;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody does not want: {@code corrected-p99>+10%}. With a sign, or a percent sign, it is of the change; else of B's figure.
 *
 * @param text as it was given
 * @param more whether more than that breaks it, or less
 * @param amount percent, or nanoseconds
 */
public record Limit(String text, Figure figure, boolean more, double amount, boolean percent, boolean ofChange) {

    private static final Pattern GRAMMAR = Pattern.compile("\\s*([A-Za-z]+)-([A-Za-z0-9.]+)\\s*([<>])\\s*([+-]?)"
            + "(\\d{1,15}(?:\\.\\d{1,9})?)\\s*(%|ns|us|ms|s)\\s*");

    private static final Map<String, Double> UNITS_NS = Map.of("%", 1.0, "ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9);

    /** How it fared with one method. */
    enum State {
        KEPT,
        BROKEN,
        /** The figure is over it, and the change within noise, or in what is not known of steal. */
        WITHIN_NOISE,
        UNKNOWN;

        /** Part of the format. */
        String key() {
            return this == WITHIN_NOISE ? "withinNoise" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param why for people, what was seen */
    record Result(Limit limit, String method, State state, String why) {}

    /**
     * Reads one from the command line.
     *
     * @throws IllegalArgumentException with what is wrong and what is accepted
     */
    public static Limit parse(String text) {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches()) {
            throw wrong(text, "it is not METRIC-FIGURE, > or <, and a limit");
        }
        String metric = parts.group(1).toLowerCase(Locale.ROOT);
        String what = parts.group(2).toLowerCase(Locale.ROOT).replace("p99.9", "p999");
        Figure figure = Figure.all().stream()
                .filter(f -> f.metric().key().equals(metric) && f.what().equals(what))
                .findFirst()
                .orElseThrow(() -> wrong(
                        text,
                        metric.equals(Metric.SELF.key())
                                ? "self time has no percentiles"
                                : "there is no figure '" + metric + "-" + what + "'"));
        boolean percent = parts.group(6).equals("%");
        double amount =
                Double.parseDouble(parts.group(4) + parts.group(5)) * UNITS_NS.getOrDefault(parts.group(6), 1.0);
        return new Limit(
                text.trim(),
                figure,
                parts.group(3).equals(">"),
                amount,
                percent,
                percent || !parts.group(4).isEmpty());
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException(
                "'" + text + "': " + what
                        + "; accepted: wall, corrected, cpu, stolen or self, then -mean or -sum, or but for self -p50, -p90, -p99,"
                        + " -p999 or -max, then > or <, then the change such as +10%, +5ms or -1us, or B's own figure such as 20ms");
    }

    Result check(Compared m) {
        Change change = m.change(figure);
        Double value = ofChange ? (percent ? change.percent() : change.ns()) : change.b();
        if (value == null) {
            return new Result(this, m.name, State.UNKNOWN, m.why(figure));
        }
        boolean over = more ? value > amount : value < amount;
        String seen = shown(value) + (ofChange ? " from " + duration(change.a()) + " to " + duration(change.b()) : "");
        if (!over) {
            return new Result(this, m.name, State.KEPT, seen);
        }
        if (!ofChange || change.isChanged()) {
            return new Result(this, m.name, State.BROKEN, seen);
        }
        return switch (change.state()) {
            case NOISE_UNKNOWN ->
                new Result(this, m.name, State.BROKEN, seen + "; its noise is unknown: " + m.whyNoNoise(figure));
            default ->
                new Result(
                        this,
                        m.name,
                        State.WITHIN_NOISE,
                        seen + ", " + change.state().text());
        };
    }

    private String shown(double value) {
        if (!percent) {
            return (ofChange && value > 0 ? "+" : "") + duration(value);
        }
        return Double.isInfinite(value) ? "from nothing" : String.format(Locale.ROOT, "%+.1f %%", value);
    }

    private static String duration(@Nullable Double ns) {
        return ns == null ? "unknown" : Units.duration(Math.round(ns));
    }
}
