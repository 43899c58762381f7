package io.vperf.report;

import com.google.gson.JsonObject;
import io.vperf.record.CounterInterval;
import io.vperf.record.ProbeCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What counters say of one method over all intervals, and what follows from two of them. */
final class CounterTotals {

    private static final int WORTH_A_WORD = 100;
    private static final double[] PERCENTILES = {50, 99, 99.9, 100};

    private static final class Total {
        final HistogramSum counts = new HistogramSum();
        long calls;
        long estimatedCalls;
        long sum;
        long comparableSum;
        double variance;

        /** What vperf added to it in runs that were added up; of one run it is told with the rest. */
        long byProbes;
    }

    private final Map<String, Total> totals = new LinkedHashMap<>();

    /** Without lambdas, as {@link RunSummary#accept}. */
    void add(List<CounterInterval> counters) {
        for (CounterInterval counter : counters) {
            Total total = total(counter.name());
            total.counts.add(counter.counts());
            total.calls += counter.calls();
            total.estimatedCalls += counter.estimatedCalls();
            total.sum += counter.sum();
            total.comparableSum += counter.comparableSum();
            total.variance += (double) counter.drawError() * counter.drawError();
        }
    }

    private Total total(String name) {
        Total total = totals.get(name);
        if (total == null) {
            total = new Total();
            totals.put(name, total);
        }
        return total;
    }

    /**
     * Adds another run's.
     *
     * @param callees measured calls that its calls made directly
     * @param own what vperf added to each counter at a call of that run
     */
    void add(CounterTotals other, long callees, List<ProbeCount> own) {
        other.totals.forEach((name, more) -> {
            Total total = total(name);
            total.counts.add(more.counts.histogram());
            total.calls += more.calls;
            total.estimatedCalls += more.estimatedCalls;
            total.sum += more.sum;
            total.comparableSum += more.comparableSum;
            total.variance += more.variance;
            total.byProbes += more.byProbes + byProbes(name, more, callees, own);
        });
    }

    private static long byProbes(String name, Total total, long callees, List<ProbeCount> own) {
        long added = 0;
        for (ProbeCount of : own) {
            if (of.name().equals(name)) {
                added += of.inside() * total.calls + (of.whole() - of.inside()) * callees;
            }
        }
        return added;
    }

    /**
     * Lines of the report's table, and below it.
     *
     * @param calls that were measured
     * @param callees measured calls that they made directly
     * @param own what vperf adds to each counter at a call
     */
    List<String> lines(long calls, long callees, List<ProbeCount> own) {
        List<String> lines = new ArrayList<>();
        List<String> sums = new ArrayList<>();
        totals.forEach((name, total) -> {
            lines.add(row(name, total));
            if (total.calls > 0) {
                sums.add(name + " " + amount(name, total.sum) + error(name, total) + of(total, calls));
            }
        });
        add(lines, "counted: ", sums);
        add(lines, "vperf's own in these, about: ", own(callees, own));
        add(lines, "", ratios());
        return lines;
    }

    /** By their names: how many calls, the sum and its bound, and percentiles, in the counter's own unit. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        totals.forEach((name, total) -> {
            JsonObject of = new JsonObject();
            of.addProperty("calls", total.calls);
            if (total.calls > 0) {
                of.addProperty("estimatedCalls", total.estimatedCalls);
                of.addProperty("sum", total.sum);
                of.addProperty("sumBound", Math.round(2 * Math.sqrt(total.variance)));
                of.addProperty("comparableSum", total.comparableSum);
                of.add("counts", Amounts.json(total.counts.histogram()));
            }
            json.add(name, of);
        });
        return json;
    }

    private static void add(List<String> lines, String title, List<String> parts) {
        if (!parts.isEmpty()) {
            lines.add("  " + title + String.join(", ", parts));
        }
    }

    /** Two standard errors, as of the times of drawn calls. */
    private static String error(String name, Total total) {
        long error = Math.round(2 * Math.sqrt(total.variance));
        return error == 0 ? "" : " ± " + amount(name, error);
    }

    /** Of the counters of which it is a part worth a word. */
    private List<String> own(long callees, List<ProbeCount> own) {
        List<String> parts = new ArrayList<>();
        totals.forEach((name, total) -> {
            long added = total.byProbes + byProbes(name, total, callees, own);
            if (added > 0 && added >= total.sum / WORTH_A_WORD) {
                parts.add(name + " " + (added >= total.sum ? "most" : amount(name, added)));
            }
        });
        return parts;
    }

    private static String row(String name, Total total) {
        String[] values = new String[PERCENTILES.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = total.calls == 0
                    ? (i == 0 ? "unknown" : "-")
                    : amount(name, total.counts.histogram().getValueAtPercentile(PERCENTILES[i]));
        }
        return Table.row(name, values);
    }

    /** The kernel's clocks count nanoseconds. */
    static String amount(String name, long n) {
        String event = event(name);
        return event.equals("task-clock") || event.equals("cpu-clock") ? Units.duration(n) : Units.amount(n);
    }

    /** A call that ended just before the interval did may be counted in one and recorded in the next. */
    private static String of(Total total, long calls) {
        String known =
                total.calls < calls ? " (of " + Units.count(total.calls) + " of " + Units.count(calls) + " calls)" : "";
        return total.estimatedCalls == 0
                ? known
                : known + " (estimates in " + Units.percent(total.estimatedCalls, total.calls)
                        + " of the calls: the counter took turns with others)";
    }

    /** Both sums are of the same calls, and of the same side: user space, kernel or both. */
    private List<String> ratios() {
        List<String> ratios = new ArrayList<>();
        totals.forEach((name, of) -> {
            if (!event(name).equals("instructions") || of.comparableSum <= 0) {
                return;
            }
            totals.forEach((other, total) -> {
                if (!modifiers(other).equals(modifiers(name))) {
                    return;
                }
                String event = event(other);
                boolean cycles = event.equals("cycles") || event.equals("cpu-cycles");
                if (cycles && total.comparableSum > 0) {
                    ratios.add(0, number(1, of.comparableSum, total.comparableSum) + " " + name + " per cycle");
                } else if (event.endsWith("-misses")) {
                    ratios.add(
                            number(1_000, total.comparableSum, of.comparableSum) + " " + other + " per 1,000 " + name);
                }
            });
        });
        return ratios;
    }

    private static String event(String name) {
        int colon = name.indexOf(':');
        return (colon < 0 ? name : name.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    private static String modifiers(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? "u" : name.substring(colon + 1);
    }

    private static String number(double of, long part, long whole) {
        return String.format(Locale.ROOT, "%.2f", of * part / whole);
    }
}
