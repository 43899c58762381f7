package io.vperf.report;

import io.vperf.export.RunHeader;
import io.vperf.health.Trouble;
import io.vperf.record.IntervalSnapshot;
import io.vperf.steal.StealBurst;
import io.vperf.steal.VcpuSteal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one run, for those that show it otherwise than as text. Asked once all of the run has been added up. */
public final class RunFigures {

    private final RunSummary run;

    public RunFigures(RunSummary run) {
        this.run = run;
    }

    /** Null where the file has lost its head. */
    public @Nullable RunHeader header() {
        return run.header();
    }

    public int intervals() {
        return run.intervals();
    }

    /** From the first interval's start to the last one's end, milliseconds. */
    public long coveredMs() {
        return run.coveredMs();
    }

    /** What of the run is missing, in sentences. */
    public List<String> incomplete() {
        return run.coverage().missing();
    }

    /** How many intervals have no corrected times though steal is known, by their reasons. */
    public Map<String, Integer> tainted() {
        return run.tainted();
    }

    /** Counts of trouble in the run, by their keys. */
    public Map<String, Long> health() {
        return run.health();
    }

    /** What a count of trouble means; empty for one that a newer vperf counted. */
    public static String meaning(String key) {
        for (Trouble kind : Trouble.values()) {
            if (kind.key().equals(key)) {
                return kind.meaning();
            }
        }
        return "";
    }

    /** Null where steal is unknown. */
    public @Nullable List<VcpuSteal> vcpus() {
        return run.vcpus();
    }

    /** The largest, at most three. */
    public List<StealBurst> bursts() {
        return run.bursts();
    }

    /** What measuring a call cost by the last interval, nanoseconds; null where that is unknown. */
    public @Nullable Long probeNs() {
        return run.probeNs();
    }

    /** See {@link IntervalSnapshot#host} and {@link IntervalSnapshot#jvm}: what the text report says of them, line by line. */
    public List<String> machine() {
        List<String> lines = new ArrayList<>();
        RunHeader header = run.header();
        if (header != null) {
            lines.addAll(CounterText.head(header));
        }
        lines.addAll(CounterText.ofProbe(run.probeCounts()));
        lines.addAll(StealText.of(run));
        lines.addAll(ThrottleText.of(run.throttled()));
        lines.addAll(NetworkText.of(run.network()));
        lines.addAll(VmwareText.of(run.vmware()));
        lines.addAll(OutsideText.of(run.outside()));
        return lines;
    }
}
