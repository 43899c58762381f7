package io.vperf.export.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.record.Correction;
import io.vperf.record.CounterInterval;
import io.vperf.record.MethodInterval;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one method since the start of the run. Histograms are of every call; the sums called outermost leave out calls
 * that were made within one of the same method. Not thread-safe.
 */
final class MethodMetrics {

    private static final MetricMetadata CALLS =
            counter("calls", "Calls that ended; of long ones those that were looked at");
    private static final MetricMetadata MEASURED = counter("measured_calls", "Calls of these that were measured");
    private static final MetricMetadata EXCEPTIONS = counter("exceptions", "Calls that ended in an exception");
    private static final MetricMetadata UNCORRECTED = counter(
            "uncorrected_calls", "Long calls of which nobody can say what was stolen from them while there was steal");
    private static final MetricMetadata CPU_UNKNOWN = counter("cpu_unknown_calls", "Calls whose CPU time is not known");
    private static final MetricMetadata EVENTS =
            counter("events", "What the counters of the option counters counted in outermost calls");
    private static final MetricMetadata SELF =
            seconds("self", "Wall time less that of directly called measured methods");
    private static final MetricMetadata OUTER_WALL = seconds("outermost_wall", "Wall time of outermost calls");
    private static final MetricMetadata OUTER_CPU = seconds("outermost_cpu", "CPU time of outermost calls");
    private static final MetricMetadata OUTER_CORRECTED = seconds(
            "outermost_corrected_wall", "Wall time of outermost calls less what was stolen, where that is known");
    private static final MetricMetadata OUTER_STOLEN =
            seconds("outermost_stolen", "Time stolen from outermost calls, as attributed");
    private static final MetricMetadata LEAST_STOLEN =
            seconds("outermost_stolen_least", "The least that can have been stolen from outermost calls");
    private static final MetricMetadata MOST_STOLEN =
            seconds("outermost_stolen_most", "The most that can have been stolen from outermost calls");
    private static final MetricMetadata TIME =
            seconds("time", "Wall time of outermost calls by where it went; the parts add up to it");
    private static final MetricMetadata WALL = seconds("wall", "Wall time of each call, raw");
    private static final MetricMetadata CORRECTED = seconds(
            "corrected_wall",
            "Wall time of each call less what was stolen from it; of intervals in which that is known");
    private static final MetricMetadata CPU = seconds("cpu", "CPU time of each call for which it is known, raw");
    private static final MetricMetadata CPU_CORRECTED = seconds(
            "corrected_cpu", "CPU time of each call less what was stolen from it; where CPU time holds stolen time");
    private static final MetricMetadata STOLEN =
            seconds("stolen", "Time stolen from each call, as attributed; of intervals in which that is known");
    private static final MetricMetadata IN_PROGRESS =
            counter("in_progress", "Calls in progress at the last interval's end; an estimate where calls are drawn");
    private static final MetricMetadata OLDEST =
            seconds("oldest_in_progress", "Age of the oldest call in progress at the last interval's end");

    private static final double NS_PER_S = 1e9;

    private final Labels labels;
    private long calls;
    private long uncorrected;
    private long cpuUnknown;
    private long inProgress;
    private long oldestNs;
    private final KnownSum measured = new KnownSum();
    private final KnownSum exceptions = new KnownSum();
    private final KnownSum selfNs = new KnownSum();
    private final KnownSum wallNs = new KnownSum();
    private final KnownSum cpuNs = new KnownSum();
    private final KnownSum correctedNs = new KnownSum();
    private final KnownSum stolenNs = new KnownSum();
    private final KnownSum leastStolenNs = new KnownSum();
    private final KnownSum mostStolenNs = new KnownSum();
    private final Map<Part, KnownSum> partsNs = new EnumMap<>(Part.class);
    private final Map<String, KnownSum> events = new TreeMap<>();
    private final TimeHistogram wall = new TimeHistogram();
    private final TimeHistogram corrected = new TimeHistogram();
    private final TimeHistogram cpu = new TimeHistogram();
    private final TimeHistogram cpuCorrected = new TimeHistogram();
    private final TimeHistogram stolen = new TimeHistogram();

    MethodMetrics(String name) {
        labels = Labels.of("method", name);
    }

    private static MetricMetadata counter(String name, String help) {
        return new MetricMetadata("vperf_method_" + name, help);
    }

    private static MetricMetadata seconds(String name, String help) {
        return new MetricMetadata("vperf_method_" + name + "_seconds", help, Unit.SECONDS);
    }

    /** Ahead of each interval: it has nothing of a method without calls. */
    void intervalEnds() {
        inProgress = 0;
        oldestNs = 0;
    }

    void add(MethodInterval interval) {
        calls += interval.calls();
        uncorrected += interval.uncorrectedCalls();
        cpuUnknown += interval.cpuUnknownCalls();
        inProgress = interval.inFlight();
        oldestNs = interval.oldestInFlightNs();
        measured.add(interval.measuredCalls());
        exceptions.add(interval.exceptions());
        selfNs.add(interval.selfNs());
        wallNs.add(interval.wallNs());
        cpuNs.add(interval.cpuNs());
        correctedNs.add(interval.correctedNs());
        wall.add(interval.wall());
        cpu.add(interval.cpu());
        Correction correction = interval.correction();
        if (correction != null) {
            stolenNs.add(correction.stolenNs());
            leastStolenNs.add(correction.leastStolenNs());
            mostStolenNs.add(correction.mostStolenNs());
            corrected.add(correction.corrected());
            cpuCorrected.add(correction.cpu());
            stolen.add(correction.stolen());
        }
        Explanation explanation = interval.explanation();
        if (explanation != null) {
            explanation
                    .split()
                    .parts()
                    .forEach((part, ns) -> partsNs.computeIfAbsent(part, p -> new KnownSum())
                            .addSeen(ns)); // 0 may also mean that nobody can tell this part from another
        }
        for (CounterInterval counter : interval.counters()) {
            events.computeIfAbsent(counter.name(), n -> new KnownSum()).add(counter.sum());
        }
    }

    void show(Board board) {
        board.count(CALLS, labels, calls);
        board.count(MEASURED, labels, measured.value());
        board.count(EXCEPTIONS, labels, exceptions.value());
        board.count(UNCORRECTED, labels, uncorrected);
        board.count(CPU_UNKNOWN, labels, cpuUnknown);
        board.seconds(SELF, labels, selfNs.value());
        board.seconds(OUTER_WALL, labels, wallNs.value());
        board.seconds(OUTER_CPU, labels, cpuNs.value());
        board.seconds(OUTER_CORRECTED, labels, correctedNs.value());
        board.seconds(OUTER_STOLEN, labels, stolenNs.value());
        board.seconds(LEAST_STOLEN, labels, leastStolenNs.value());
        board.seconds(MOST_STOLEN, labels, mostStolenNs.value());
        partsNs.forEach((part, ns) -> board.seconds(TIME, labels.add("part", part.key()), ns.value()));
        events.forEach((event, sum) -> board.count(EVENTS, labels.add("event", event), sum.value()));
        board.histogram(WALL, labels, wall);
        board.histogram(CORRECTED, labels, corrected);
        board.histogram(CPU, labels, cpu);
        board.histogram(CPU_CORRECTED, labels, cpuCorrected);
        board.histogram(STOLEN, labels, stolen);
        board.gauge(IN_PROGRESS, labels, (double) inProgress);
        if (inProgress > 0) {
            board.gauge(OLDEST, labels, oldestNs / NS_PER_S);
        }
    }
}
