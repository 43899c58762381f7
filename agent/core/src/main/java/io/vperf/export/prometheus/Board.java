package io.vperf.export.prometheus;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the run, on its way to the library's model: series by their metrics. What is null has no series. */
final class Board {

    private static final double NS_PER_S = 1e9;

    private final Map<MetricMetadata, List<CounterDataPointSnapshot>> counters = new HashMap<>();
    private final Map<MetricMetadata, List<GaugeDataPointSnapshot>> gauges = new HashMap<>();
    private final Map<MetricMetadata, List<HistogramDataPointSnapshot>> histograms = new HashMap<>();
    private final Map<MetricMetadata, Labels> infos = new HashMap<>();
    private final long startedMs;

    /**
     * An empty one.
     *
     * @param startedMs since when all counters count, milliseconds since the epoch
     */
    Board(long startedMs) {
        this.startedMs = startedMs;
    }

    void count(MetricMetadata metric, Labels labels, @Nullable Long value) {
        if (value != null) {
            counter(metric, labels, value.doubleValue());
        }
    }

    void seconds(MetricMetadata metric, Labels labels, @Nullable Long ns) {
        if (ns != null) {
            counter(metric, labels, ns / NS_PER_S);
        }
    }

    private void counter(MetricMetadata metric, Labels labels, double value) {
        if (value >= 0) { // the library refuses others, and with them all the rest
            counters.computeIfAbsent(metric, m -> new ArrayList<>())
                    .add(new CounterDataPointSnapshot(value, labels, null, startedMs));
        }
    }

    void gauge(MetricMetadata metric, Labels labels, double value) {
        gauges.computeIfAbsent(metric, m -> new ArrayList<>()).add(new GaugeDataPointSnapshot(value, labels, null));
    }

    void histogram(MetricMetadata metric, Labels labels, TimeHistogram times) {
        HistogramDataPointSnapshot point = times.point(labels, startedMs);
        if (point != null) {
            histograms.computeIfAbsent(metric, m -> new ArrayList<>()).add(point);
        }
    }

    void info(MetricMetadata metric, Labels labels) {
        infos.put(metric, labels);
    }

    MetricSnapshots all() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        counters.forEach((metric, points) -> all.metricSnapshot(new CounterSnapshot(metric, points)));
        gauges.forEach((metric, points) -> all.metricSnapshot(new GaugeSnapshot(metric, points)));
        histograms.forEach((metric, points) -> all.metricSnapshot(new HistogramSnapshot(metric, points)));
        infos.forEach((metric, labels) ->
                all.metricSnapshot(new InfoSnapshot(metric, List.of(new InfoDataPointSnapshot(labels)))));
        return all.build();
    }
}
