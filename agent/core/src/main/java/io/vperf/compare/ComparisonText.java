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

    /** Of a call's time: changes of a part of A that is less are told in time. */
    private static final double LEAST_PART = 0.01;

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
                    line(row(metric.key() + " " + what, change, isNothing(change.a())));
                }
            }
            if (!known) {
                line(row(metric.key(), "unknown", "", "", "") + ": " + m.why(new Figure(metric, Figure.MEAN)));
            }
        }
        if (!m.parts.isEmpty()) {
            line("  where a call's time went, mean");
            Double wallNs = m.change(new Figure(Metric.WALL, Figure.MEAN)).a();
            m.parts.forEach(part -> line(row(
                    "  " + part.group().title(),
                    part.change(),
                    isNothing(part.change().a(), wallNs))));
        }
        line("");
    }

    /** It is shown as 0. */
    private static boolean isNothing(@Nullable Double ns) {
        return ns != null && Math.round(ns) == 0;
    }

    /** Beside the whole. */
    private static boolean isNothing(@Nullable Double ns, @Nullable Double wholeNs) {
        return isNothing(ns) || (ns != null && wholeNs != null && ns < LEAST_PART * wholeNs);
    }

    /** @param inTime where A's figure is next to nothing, per cent of it say nothing */
    private static String row(String name, Change c, boolean inTime) {
        Double least = c.least();
        Double most = c.most();
        String range = least == null || most == null
                ? c.state().text()
                : signed(c, atLeastTo0(c, least), inTime) + " to " + signed(c, most, inTime)
                        + (c.isChanged() ? "" : ", " + c.state().text());
        return row(name, duration(c.a()), duration(c.b()), signed(c, c.ns(), inTime), range);
    }

    private static String row(String name, String a, String b, String change, String range) {
        return ("  " + pad(name, -NAME_WIDTH) + cell(a) + cell(b) + cell(change) + "  " + pad(range, -RANGE_WIDTH))
                .stripTrailing();
    }

    /** After a blank, however long it is. */
    private static String cell(String text) {
        return " " + pad(text, VALUE_WIDTH - 1);
    }

    private static String pad(String text, int width) {
        String blanks = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
        return width < 0 ? text + blanks : blanks + text;
    }

    private static String duration(@Nullable Double ns) {
        return ns == null ? "unknown" : Units.duration(Math.round(ns));
    }

    /** No time falls by more than itself. */
    private static double atLeastTo0(Change c, double leastNs) {
        Double a = c.a();
        return a == null ? leastNs : Math.max(leastNs, -a);
    }

    /** In percent, or in time. */
    private static String signed(Change c, @Nullable Double ns, boolean inTime) {
        Double percent = ns == null ? null : c.percentOfA(ns);
        if (ns == null || percent == null) {
            return "";
        }
        return inTime
                ? (Math.round(ns) > 0 ? "+" : "") + duration(ns)
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
