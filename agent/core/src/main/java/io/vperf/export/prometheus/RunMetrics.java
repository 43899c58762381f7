package io.vperf.export.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.vperf.export.RunHeader;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The run so far. Added to by the dumper, looked at by the server; each holds the other up for no longer than it takes to add
 * or copy some thousand numbers.
 */
final class RunMetrics {

    private static final MetricMetadata BUILD = new MetricMetadata("vperf_build", "Which vperf this is");
    private static final MetricMetadata MACHINE =
            new MetricMetadata("vperf_machine", "Where it runs, in the words of the dump's head");
    private static final MetricMetadata START =
            new MetricMetadata("vperf_start_timestamp_seconds", "When recording began, since the epoch", Unit.SECONDS);
    private static final MetricMetadata LAST_END = new MetricMetadata(
            "vperf_last_interval_end_timestamp_seconds",
            "When the last interval ended, since the epoch; all else is as of then",
            Unit.SECONDS);
    private static final MetricMetadata LENGTH =
            new MetricMetadata("vperf_interval_seconds", "How long an interval is to be", Unit.SECONDS);
    private static final MetricMetadata INTERVALS = new MetricMetadata("vperf_intervals", "Intervals that ended");
    private static final MetricMetadata SHOWN = new MetricMetadata("vperf_methods", "Methods that have metrics");
    private static final MetricMetadata LEFT_OUT = new MetricMetadata(
            "vperf_methods_left_out", "Methods that were called and have no metrics: http-max-methods allows no more");

    private static final double MS_PER_S = 1e3;
    private static final double NS_PER_S = 1e9;

    private final RunHeader header;
    private final int maxMethods;
    private final Map<String, MethodMetrics> methods = new LinkedHashMap<>();

    /** No more than the option methods allows. */
    private final Set<String> leftOut = new HashSet<>();

    private final MachineMetrics machine = new MachineMetrics();
    private long intervals;
    private long lastEndMs;

    RunMetrics(RunHeader header, int maxMethods) {
        this.header = header;
        this.maxMethods = maxMethods;
    }

    synchronized void add(IntervalSnapshot snapshot) {
        intervals++;
        lastEndMs = snapshot.endMs();
        machine.add(snapshot);
        methods.values().forEach(MethodMetrics::intervalEnds);
        for (MethodInterval interval : snapshot.methods()) {
            MethodMetrics method = methods.get(interval.name());
            if (method == null && methods.size() < maxMethods) {
                method = new MethodMetrics(interval.name());
                methods.put(interval.name(), method);
            }
            if (method == null) {
                leftOut.add(interval.name());
            } else {
                method.add(interval);
            }
        }
    }

    synchronized int leftOut() {
        return leftOut.size();
    }

    synchronized MetricSnapshots snapshots() {
        Board board = new Board(header.startedMs());
        board.info(BUILD, Labels.of("version", header.version()));
        board.info(
                MACHINE,
                Labels.of(
                        "host", header.host(),
                        "jvm", header.jvm(),
                        "kernel", header.kernel(),
                        "hypervisor", header.hypervisor(),
                        "steal", header.steal()));
        board.gauge(START, Labels.EMPTY, header.startedMs() / MS_PER_S);
        board.gauge(LENGTH, Labels.EMPTY, header.intervalNs() / NS_PER_S);
        board.count(INTERVALS, Labels.EMPTY, intervals);
        if (intervals > 0) {
            board.gauge(LAST_END, Labels.EMPTY, lastEndMs / MS_PER_S);
        }
        board.gauge(SHOWN, Labels.EMPTY, methods.size());
        board.gauge(LEFT_OUT, Labels.EMPTY, leftOut.size());
        methods.values().forEach(method -> method.show(board));
        machine.show(board);
        return board.all();
    }
}
