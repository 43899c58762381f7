package io.vperf.export.hlog;

import io.vperf.explain.Explanation;
import io.vperf.explain.QuietTimes;
import io.vperf.export.RunHeader;
import io.vperf.record.Correction;
import io.vperf.record.CounterInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.steal.StealHiccups;
import io.vperf.steal.VcpuHiccups;
import io.vperf.timeref.OutsideTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/** Turns the run header and snapshots into the bytes of a dump file. Pure. */
final class HlogEncoder {

    /** Histograms hold nanoseconds; the log's maximum column is in milliseconds, as HdrHistogram's tools expect. */
    private static final double NS_PER_MS = 1e6;

    private final RunHeader header;

    HlogEncoder(RunHeader header) {
        this.header = header;
    }

    /** The head of a file: for people as plain comments, for {@link HlogReader} as one #vperf line. */
    byte[] header() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream text = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        HistogramLogWriter log = new HistogramLogWriter(text);
        log.outputLogFormatVersion();
        comment(log, "vperf", header.version() + ", raw and steal-corrected times of measured methods");
        comment(log, "JVM", header.jvm() + ", pid " + header.pid() + " on " + header.host());
        comment(log, "kernel", header.kernel() + ", " + header.vcpus() + " vCPUs");
        comment(log, "hypervisor", header.hypervisor());
        comment(log, "kernel kind", header.kernelKind());
        comment(log, "steal", header.steal());
        comment(log, "clocks", header.clocks().toString());
        comment(log, "costs, ns", header.costsNs().toString());
        comment(
                log,
                "options",
                header.options().isEmpty() ? "defaults" : header.options().toString());
        for (RunHeader.Capability c : header.capabilities()) {
            comment(
                    log,
                    c.name(),
                    (c.available() ? "available: " : "unavailable: ")
                            + c.detail()
                            + (c.remedy().isEmpty() ? "" : "; remedy: " + c.remedy()));
        }
        comment(
                log,
                "histogram values",
                "nanoseconds, of counters plain numbers; the maximum column is in millions of these");
        comment(log, "cpuCorrected", header.cpuCorrection());
        comment(log, "corrected", "calls shorter than " + header.shortNs() + " ns are entered as they are");
        text.println(Lines.json(new Lines.Run(header)));
        log.outputBaseTime(header.startedMs());
        log.outputStartTime(header.startedMs());
        log.outputLegend();
        text.flush();
        return bytes.toByteArray();
    }

    private static void comment(HistogramLogWriter log, String name, String value) {
        // The blank keeps them apart from #vperf lines.
        log.outputComment(" " + name + ": " + value.replace('\n', ' ').replace('\r', ' '));
    }

    byte[] interval(IntervalSnapshot snapshot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream text = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        HistogramLogWriter log = new HistogramLogWriter(text);
        for (MethodInterval method : snapshot.methods()) {
            line(log, snapshot, Tags.WALL, method.name(), method.wall());
            Correction c = method.correction();
            line(log, snapshot, Tags.CORRECTED, method.name(), c == null ? null : c.corrected());
            line(log, snapshot, Tags.CORRECTED_LEAST, method.name(), c == null ? null : c.correctedLeast());
            line(log, snapshot, Tags.CORRECTED_MOST, method.name(), c == null ? null : c.correctedMost());
            line(log, snapshot, Tags.CPU, method.name(), method.cpu());
            line(log, snapshot, Tags.CPU_CORRECTED, method.name(), c == null ? null : c.cpu());
            line(log, snapshot, Tags.STOLEN, method.name(), c == null ? null : c.stolen());
            for (CounterInterval counter : method.counters()) {
                line(log, snapshot, Tags.counter(counter.name()), method.name(), counter.counts());
            }
            Explanation explanation = method.explanation();
            if (explanation != null) {
                line(log, snapshot, Tags.QUIET, method.name(), quiet(explanation, method));
                explanation.slow().forEach(call -> text.println(Lines.json(SpentLines.Slow.of(method.name(), call))));
            }
            text.println(Lines.json(Lines.Method.of(method)));
        }
        StealHiccups hiccups = snapshot.hiccups();
        if (hiccups != null) {
            for (VcpuHiccups vcpu : hiccups.vcpus()) {
                line(log, snapshot, Tags.STEAL, Tags.VCPU + vcpu.vcpu(), vcpu.windows());
            }
        }
        OutsideTime outside = snapshot.host().outside();
        if (outside != null) {
            text.println(Lines.json(new Lines.Timeref(outside)));
        }
        text.println(Lines.json(Lines.Interval.of(snapshot)));
        text.flush();
        return bytes.toByteArray();
    }

    /** Null where it would be the same as of all calls. */
    private static @Nullable AbstractHistogram quiet(Explanation explanation, MethodInterval method) {
        QuietTimes quiet = explanation.quiet();
        return quiet == null || quiet.calls() == method.wall().getTotalCount() ? null : quiet.wall();
    }

    /** {@link Lines.End}. */
    byte[] end(long endMs) {
        return (Lines.json(new Lines.End(endMs)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void line(
            HistogramLogWriter log,
            IntervalSnapshot snapshot,
            String metric,
            String method,
            @Nullable AbstractHistogram histogram) {
        if (histogram == null || histogram.getTotalCount() == 0) {
            return;
        }
        // A copy: HdrHistogram leaves its buffers, four times the size of the counts, in a histogram that it has
        // encoded.
        AbstractHistogram encoded = histogram.copy();
        encoded.setTag(Tags.encode(metric, method));
        log.outputIntervalHistogram(
                (snapshot.startMs() - header.startedMs()) / 1000.0,
                (snapshot.endMs() - header.startedMs()) / 1000.0,
                (EncodableHistogram) encoded,
                NS_PER_MS);
    }
}
