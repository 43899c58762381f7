package io.vperf;

import io.vperf.config.DumpPath;
import io.vperf.config.Listen;
import io.vperf.config.Options;
import io.vperf.config.Output;
import io.vperf.export.RunHeader;
import io.vperf.export.SnapshotSink;
import io.vperf.export.hlog.HlogWriter;
import io.vperf.export.jmx.LiveFigures;
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
 * Where the intervals of a run go.
 *
 * @param summary fed if it is to be reported
 * @param writer null where there is no dump
 * @param all in the order in which they get each interval
 */
record Sinks(RunSummary summary, @Nullable HlogWriter writer, List<SnapshotSink> all) {

    /**
     * Those that the options ask for.
     *
     * @param live shows the summary, too; null: nobody asks
     * @param more besides
     */
    static Sinks of(
            Options options,
            RunHeader header,
            @Nullable LiveFigures live,
            List<SnapshotSink> more,
            Health health,
            Log log) {
        RunSummary summary = new RunSummary(header);
        HlogWriter writer = writer(options, header, health, log);
        List<SnapshotSink> all = new ArrayList<>();
        if (writer != null) {
            all.add(writer);
        }
        boolean reported = !(options.report() instanceof Output.Off);
        if (live != null) {
            live.begin(header, reported ? summary : null);
            all.add(live);
        } else if (reported) {
            all.add(summary);
        }
        all.addAll(more);
        if (options.http() instanceof Listen.At at) {
            // Last: an interval has ended for it when it is written.
            all.add(new PrometheusExporter(
                    at, options.httpMaxMethods(), header, () -> writer == null ? null : writer.trouble(), health, log));
        }
        return new Sinks(summary, writer, all);
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
