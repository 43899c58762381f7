package io.vperf.report;

import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.QuietTimes;
import io.vperf.explain.SlowCall;
import io.vperf.explain.WallSplit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** Where one method's time went over all intervals, as far as that is known. */
final class TimeSpent {

    /** Of the run; those of each interval are in the dump. */
    private static final int SLOWEST = 3;

    /** What two decimals of a percentage show. */
    private static final long SMALLEST_SHARE = 10_000;

    /** Which run it is of; null where there is only one. */
    record Slow(SlowCall call, @Nullable String run) {}

    private final List<Slow> slowest = new ArrayList<>();
    private @Nullable WallSplit split;
    private long slowLeftOut;

    /** Of calls that began in quiet slices. */
    private final HistogramSum quiet = new HistogramSum();

    /** Of the calls of intervals in which quiet slices are known. */
    private long quietAmong;

    /**
     * Adds an interval.
     *
     * @param calls how many calls its histograms hold
     */
    void add(@Nullable Explanation interval, long calls) {
        if (interval == null) {
            return;
        }
        add(interval.split());
        for (SlowCall call : interval.slow()) {
            slowest.add(new Slow(call, null));
        }
        keepSlowest();
        slowLeftOut += interval.slowLeftOut();
        QuietTimes times = interval.quiet();
        if (times != null) {
            quiet.add(times.wall());
            quietAmong += calls;
        }
    }

    /** Adds another run's, whose name is given. */
    void add(TimeSpent other, String run) {
        WallSplit more = other.split;
        if (more != null) {
            add(more);
        }
        for (Slow slow : other.slowest) {
            slowest.add(new Slow(slow.call, run));
        }
        keepSlowest();
        slowLeftOut += other.slowLeftOut;
        quiet.add(other.quiet());
        quietAmong += other.quietAmong;
    }

    private void add(WallSplit more) {
        WallSplit before = split;
        split = before == null ? more : before.plus(more);
    }

    private void keepSlowest() {
        slowest.sort(Comparator.comparingLong((Slow slow) -> slow.call.wallNs()).reversed());
        slowest.subList(Math.min(SLOWEST, slowest.size()), slowest.size()).clear();
    }

    long slowLeftOut() {
        return slowLeftOut;
    }

    /** Null where it is not known. */
    @Nullable
    WallSplit split() {
        return split;
    }

    /** The slowest calls of the run, the slowest first. */
    List<Slow> slowest() {
        return slowest;
    }

    /** Wall times of calls that began while nothing was stolen or throttled; empty where there are none, or that is not known. */
    AbstractHistogram quiet() {
        return quiet.histogram();
    }

    /** Whether quiet slices are known, and not all of the calls began in them. */
    boolean isAnyNoisy() {
        return quietAmong > quiet().getTotalCount();
    }

    /** How many calls that is told of. */
    long quietAmong() {
        return quietAmong;
    }

    /** Lines of the report; none where nothing is known. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        WallSplit of = split;
        if (of == null || of.wallNs() == 0) {
            return lines;
        }
        lines.add("time spent   " + shares(of));
        for (Slow slow : slowest) {
            SlowCall call = slow.call;
            lines.add((lines.size() == 1 ? "slowest      " : "             ")
                    + title(call)
                    + (slow.run == null ? "" : ", " + slow.run));
            lines.add("               " + amounts(call.split()) + bound(call));
            if (!call.callers().isEmpty()) {
                lines.add("               called by " + String.join(" < ", call.callers())
                        + (call.callersLeftOut() == 0 ? "" : " < " + call.callersLeftOut() + " more"));
            }
            call.counters()
                    .forEach((name, count) ->
                            lines.add("               " + name + " " + CounterTotals.amount(name, count)));
        }
        if (slowLeftOut > 0) {
            lines.add("calls over slow= that were not kept whole: " + Units.count(slowLeftOut));
        }
        return lines;
    }

    private static String shares(WallSplit of) {
        StringJoiner text = new StringJoiner(", ");
        for (Part part : Part.values()) {
            if (of.ns(part) > 0 && of.ns(part) >= of.wallNs() / SMALLEST_SHARE) {
                text.add(part.title() + " " + Units.percent(of.ns(part), of.wallNs()));
            }
        }
        return text + overlays(of);
    }

    private static String amounts(WallSplit of) {
        StringJoiner text = new StringJoiner(", ");
        for (Part part : Part.values()) {
            if (isWorthTelling(of.ns(part), of)) {
                text.add(part.title() + " " + Units.duration(of.ns(part)));
            }
        }
        return text + overlays(of);
    }

    /** Less than a thousandth says nothing about why it was slow. */
    private static boolean isWorthTelling(long ns, WallSplit of) {
        return ns > of.wallNs() / 1000;
    }

    private static String overlays(WallSplit of) {
        List<String> meanwhile = new ArrayList<>();
        Long pausedNs = of.pausedNs();
        if (pausedNs != null && isWorthTelling(pausedNs, of)) {
            meanwhile.add("JVM paused " + Units.duration(pausedNs));
        }
        Long stolenNs = of.blockedWhileStolenNs();
        if (stolenNs != null && isWorthTelling(stolenNs, of)) {
            meanwhile.add("blocked while a vCPU was stolen at most " + Units.duration(stolenNs));
        }
        return meanwhile.isEmpty() ? "" : "; meanwhile " + String.join(", ", meanwhile);
    }

    private static String title(SlowCall call) {
        return Units.duration(call.wallNs()) + " at " + Units.time(call.startMs()) + " on " + printable(call.thread())
                + vcpus(call) + (call.thrown() ? ", ended in an exception" : "");
    }

    /** The application's, and on its way to a terminal. */
    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    private static String vcpus(SlowCall call) {
        Integer entry = call.vcpuAtEntry();
        Integer exit = call.vcpuAtExit();
        if (entry == null || exit == null) {
            return "";
        }
        return ", vCPU " + entry + (entry.equals(exit) ? "" : " to " + exit);
    }

    private static String bound(SlowCall call) {
        Long least = call.leastStolenNs();
        Long most = call.mostStolenNs();
        long stolenNs = call.split().ns(Part.STOLEN);
        if (least == null || most == null || stolenNs == 0) {
            return "";
        }
        return " (stolen " + Units.duration(least) + " to " + Units.duration(most) + ")";
    }
}
