package io.vperf.export.jmx;

import io.vperf.export.RunHeader;
import io.vperf.export.SnapshotSink;
import io.vperf.record.IntervalSnapshot;
import io.vperf.report.RunSummary;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the bean shows: the latest interval, and the sums of all. These are the report's own until somebody resets them, so that they
 * cost nothing as long as nobody asks. Fed by the dumper, asked by any thread.
 */
public final class LiveFigures implements SnapshotSink {

    /** What the JVM loads when it creates its first server for beans; with slashes. */
    public static final String SIGN = "javax/management/MBeanServerFactory";

    private @Nullable RunHeader header;
    private @Nullable RunSummary summary;

    /** Begun by the last reset, or for lack of the report's; null before. */
    private @Nullable RunSummary fresh;

    private boolean shown;
    private long sinceMs;
    private @Nullable IntervalSnapshot latest;

    /**
     * A run begins.
     *
     * @param sums of the report, fed by this from now on; null where there is no report: then sums are kept once somebody can ask
     */
    public synchronized void begin(RunHeader ofRun, @Nullable RunSummary sums) {
        header = ofRun;
        summary = sums;
        sinceMs = ofRun.startedMs();
        if (shown && sums == null) {
            reset();
        }
    }

    /** Somebody can ask from now on. */
    synchronized void show() {
        shown = true;
        if (summary == null) {
            reset();
        }
    }

    @Override
    public synchronized void accept(IntervalSnapshot snapshot) {
        latest = snapshot;
        if (summary != null) {
            summary.accept(snapshot);
        }
        if (fresh != null) {
            fresh.accept(snapshot);
        }
    }

    @Override
    public synchronized void finish() {
        if (summary != null) {
            summary.finish();
        }
    }

    /** Sums begin with the next interval. */
    synchronized void reset() {
        if (header != null) {
            fresh = new RunSummary(header);
            sinceMs = latest == null ? header.startedMs() : latest.endMs();
        }
    }

    synchronized @Nullable Instant since() {
        return header == null ? null : Instant.ofEpochMilli(sinceMs);
    }

    synchronized @Nullable IntervalSnapshot latest() {
        return latest;
    }

    synchronized List<LiveMethod> sums() {
        RunSummary of = fresh == null ? summary : fresh;
        return of == null ? List.of() : of.totals().stream().map(LiveMethod::of).toList();
    }

    synchronized Map<String, String> environment() {
        Map<String, String> facts = new LinkedHashMap<>();
        RunHeader run = header;
        if (run != null) {
            facts.put("JVM", run.jvm());
            facts.put("host", run.host());
            facts.put("kernel", run.kernel());
            facts.put("vCPUs", Integer.toString(run.vcpus()));
            facts.put("hypervisor", run.hypervisor());
            facts.put("kernel kind", run.kernelKind());
            facts.put("steal", run.steal());
            run.clocks().forEach((reading, clock) -> facts.put("clock: " + reading, clock));
            for (RunHeader.Capability c : run.capabilities()) {
                facts.put(
                        c.name(),
                        (c.available() ? "available: " : "unavailable: ")
                                + c.detail()
                                + (c.remedy().isEmpty() ? "" : "; remedy: " + c.remedy()));
            }
        }
        return facts;
    }
}
