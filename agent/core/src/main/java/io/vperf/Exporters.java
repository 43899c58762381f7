package io.vperf;

import io.vperf.config.DumpPath;
import io.vperf.config.Listen;
import io.vperf.config.Options;
import io.vperf.config.Output;
import io.vperf.export.RunHeader;
import io.vperf.export.SnapshotSink;
import io.vperf.export.hlog.HlogWriter;
import io.vperf.export.prometheus.PrometheusExporter;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.report.RunSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gets each interval's snapshot.
 *
 * @param sinks in the order in which they get it
 * @param writer null where there is no dump
 */
record Exporters(
        List<SnapshotSink> sinks,
        RunSummary summary,
        @Nullable HlogWriter writer) {

    static Exporters of(Options options, RunHeader header, Health health, Log log) {
        List<SnapshotSink> sinks = new ArrayList<>();
        HlogWriter writer = writer(options, header, health, log);
        if (writer != null) {
            sinks.add(writer);
        }
        RunSummary summary = new RunSummary(header);
        if (!(options.report() instanceof Output.Off)) {
            sinks.add(summary);
        }
        if (options.http() instanceof Listen.At at) {
            // Last: an interval has ended for it when it is written.
            sinks.add(new PrometheusExporter(
                    at, options.httpMaxMethods(), header, () -> writer == null ? null : writer.trouble(), health, log));
        }
        return new Exporters(sinks, summary, writer);
    }

    private static @Nullable HlogWriter writer(Options options, RunHeader header, Health health, Log log) {
        if (!(options.dump() instanceof Output.ToFile file)) {
            return null;
        }
        String path =
                DumpPath.expand(file.path(), header.host(), header.pid(), Instant.ofEpochMilli(header.startedMs()));
        return new HlogWriter(
                Path.of(path), header, options.rotateBytes(), options.keepFiles(), options.backlogBytes(), health, log);
    }
}
