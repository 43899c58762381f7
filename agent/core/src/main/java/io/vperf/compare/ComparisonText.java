package io.vperf.compare;

import io.vperf.report.Runs;
import io.vperf.report.Units;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison for people. */
public final class ComparisonText {

    private static final int NAME_WIDTH = 24;
    private static final int VALUE_WIDTH = 12;
    private static final int RANGE_WIDTH = 25;

    private static final List<String> SHOWN = List.of("mean", "p50", "p99", "p999");

    private final StringBuilder out = new StringBuilder();

    private ComparisonText() {}

    /** Ends with a new line. */
    public static String of(Comparison c) {
        ComparisonText text = new ComparisonText();
        text.head(c);
        c.methods().forEach(text::method);
        text.names("Only in A: ", c.onlyInA());
        text.names("Only in B: ", c.onlyInB());
        if (c.methods().isEmpty()) {
            text.line("No method was called in both.");
        }
        text.limits(c);
        return text.out.toString();
    }

    private void head(Comparison c) {
        line("vperf comparison of A and B; a change is one that stands out of the noise between intervals with "
                + Noise.CONFIDENCE + " % confidence");
        side("A", c.runsOfA);
        side("B", c.runsOfB);
        line("");
    }

    private void side(String name, Runs runs) {
        String before = "  " + name + "  ";
        for (String run : runs.brief()) {
            line(before + run);
            before = "     ";
        }
    }

    private void method(Compared m) {
        line(m.name);
        line("  " + m.verdict.text());
        line(row("", "A", "B", "change", Noise.CONFIDENCE + " % within"));
        line(row("calls", Units.count(m.a.all.calls), Units.count(m.b.all.calls), "", ""));
        for (Metric metric : Metric.values()) {
            boolean known = false;
            for (String what : metric == Metric.SELF ? List.of(Figure.MEAN) : SHOWN) {
                Change change = m.change(new Figure(metric, what));
                if (change.state() != Change.State.UNKNOWN) {
                    known = true;
                    line(row(metric.key() + " " + what, change));
                }
            }
            if (!known) {
                line(row(metric.key(), "unknown", "", "", "") + ": " + m.why(new Figure(metric, Figure.MEAN)));
            }
        }
        if (!m.parts.isEmpty()) {
            line("  where a call's time went, mean");
            m.parts.forEach(part -> line(row("  " + part.group().title(), part.change())));
        }
        line("");
    }

    private static String row(String name, Change c) {
        Double least = c.least();
        Double most = c.most();
        String range = least == null || most == null
                ? c.state().text()
                : signed(c, least) + " to " + signed(c, most)
                        + (c.isChanged() ? "" : ", " + c.state().text());
        return row(name, duration(c.a()), duration(c.b()), signed(c, c.ns()), range);
    }

    private static String row(String name, String a, String b, String change, String range) {
        return ("  " + pad(name, -NAME_WIDTH) + pad(a, VALUE_WIDTH) + pad(b, VALUE_WIDTH) + pad(change, VALUE_WIDTH)
                        + "  " + pad(range, -RANGE_WIDTH))
                .stripTrailing();
    }

    private static String pad(String text, int width) {
        String blanks = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
        return width < 0 ? text + blanks : blanks + text;
    }

    private static String duration(@Nullable Double ns) {
        return ns == null ? "unknown" : Units.duration(Math.round(ns));
    }

    /** In percent, or in time where A's figure is 0. */
    private static String signed(Change c, @Nullable Double ns) {
        Double percent = ns == null ? null : c.percentOfA(ns);
        if (ns == null || percent == null) {
            return "";
        }
        return Double.isInfinite(percent)
                ? (ns > 0 ? "+" : "") + duration(ns)
                : String.format(Locale.ROOT, "%+.1f %%", percent);
    }

    private void names(String title, List<String> names) {
        if (!names.isEmpty()) {
            line(title + String.join(", ", names));
            line("");
        }
    }

    private void limits(Comparison c) {
        if (!c.isLimited()) {
            return;
        }
        line("Limits");
        if (c.results().isEmpty()) {
            line("  not checked: no method was called in both");
        }
        for (Limit.Result r : c.results()) {
            if (r.state() != Limit.State.KEPT) {
                line("  " + r.limit().text() + " " + said(r.state()) + ": " + r.method() + ", " + r.why());
            }
        }
        long kept =
                c.results().stream().filter(r -> r.state() == Limit.State.KEPT).count();
        line("  kept " + Units.count(kept) + " times of "
                + Units.count(c.results().size()));
    }

    private static String said(Limit.State state) {
        return switch (state) {
            case KEPT -> "is kept";
            case BROKEN -> "is BROKEN";
            case WITHIN_NOISE -> "is not broken for certain";
            case UNKNOWN -> "CANNOT BE CHECKED";
        };
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
