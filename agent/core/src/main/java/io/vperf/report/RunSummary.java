package io.vperf.report;

import io.vperf.explain.Throttled;
import io.vperf.export.RunHeader;
import io.vperf.export.SnapshotSink;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.record.ProbeCount;
import io.vperf.steal.StealBurst;
import io.vperf.steal.StealHiccups;
import io.vperf.steal.VcpuSteal;
import io.vperf.timeref.OutsideTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run, added up. Fed by one thread at a time. */
public final class RunSummary implements SnapshotSink {

    private static final int MOST_BURSTS = 3;

    /** Those of unknown times last. */
    static final Comparator<MethodSummary> MOST_SELF_TIME_FIRST =
            (a, b) -> Long.compare(b.sampled.self.bestNs(), a.sampled.self.bestNs());

    private final @Nullable RunHeader header;
    private final Map<String, MethodSummary> methods = new LinkedHashMap<>();
    private final List<StealBurst> bursts = new ArrayList<>();
    private @Nullable OutsideSummary outside;
    private @Nullable IntervalSnapshot last;
    private long startMs = Long.MAX_VALUE;
    private long dearestProbeNs;
    private int intervals;
    private long suspendedMs;
    private final Coverage coverage;
    private final NetworkSummary network = new NetworkSummary();
    private final PauseSummary pauses = new PauseSummary();
    private final VmwareSummary vmware = new VmwareSummary();

    /** Of intervals without corrected times, by their reasons. */
    private final Map<String, Integer> tainted = new LinkedHashMap<>();

    /**
     * An empty run.
     *
     * @param header null where a file has lost its head
     */
    public RunSummary(@Nullable RunHeader header) {
        this.header = header;
        this.coverage = new Coverage(header);
    }

    @Override
    public void accept(IntervalSnapshot snapshot) {
        intervals++;
        dearestProbeNs = Math.max(dearestProbeNs, snapshot.probeNs() == null ? 0 : snapshot.probeNs());
        startMs = Math.min(startMs, snapshot.startMs());
        coverage.add(snapshot.startMs(), snapshot.endMs());
        suspendedMs += snapshot.suspended() ? snapshot.endMs() - snapshot.startMs() : 0;
        String taint = snapshot.tainted();
        if (taint != null) {
            Integer before = tainted.get(taint);
            tainted.put(taint, before == null ? 1 : before + 1);
        }
        for (MethodInterval m : snapshot.methods()) {
            summary(m).add(m, snapshot.probeNs(), snapshot.probeInsideNs());
        }
        add(snapshot.hiccups());
        pauses.add(snapshot.jvm().paused());
        network.add(snapshot.host().network());
        vmware.add(snapshot.host().vmware(), snapshot.host().vmwarePseudo());
        add(snapshot.host().outside(), snapshot.endMs());
        // Files may be given in any order; what holds at one moment is told as of the latest.
        if (last == null || snapshot.endMs() >= last.endMs()) {
            inFlight(last, false);
            inFlight(snapshot, true);
            last = snapshot;
        }
    }

    private void inFlight(@Nullable IntervalSnapshot snapshot, boolean now) {
        if (snapshot == null) {
            return;
        }
        for (MethodInterval m : snapshot.methods()) {
            if (m.inFlight() > 0) {
                summary(m).inFlight(now ? m.inFlight() : 0, now ? m.oldestInFlightNs() : 0);
            }
        }
    }

    private void add(@Nullable StealHiccups hiccups) {
        if (hiccups == null) {
            return;
        }
        for (StealBurst burst : hiccups.bursts()) {
            int at = bursts.size();
            while (at > 0 && bursts.get(at - 1).stolenMs() < burst.stolenMs()) {
                at--;
            }
            bursts.add(at, burst);
            if (bursts.size() > MOST_BURSTS) {
                bursts.remove(MOST_BURSTS);
            }
        }
    }

    private void add(@Nullable OutsideTime said, long endMs) {
        if (said != null) {
            OutsideSummary before = outside;
            outside = before == null ? new OutsideSummary() : before;
            outside.add(said, endMs);
        }
    }

    /** Without a lambda, as all of {@link #accept}: the JVM's first ones cost this thread a millisecond each. */
    private MethodSummary summary(MethodInterval m) {
        MethodSummary summary = methods.get(m.name());
        if (summary == null) {
            summary = new MethodSummary(m.name());
            methods.put(m.name(), summary);
        }
        return summary;
    }

    /** The run ended in order, and nothing will come after. */
    @Override
    public void finish() {
        coverage.end();
    }

    /** What quotas have cost by the latest interval; null where that is not known. */
    @Nullable
    Throttled throttled() {
        return last == null ? null : last.jvm().throttled();
    }

    PauseSummary pauses() {
        return pauses;
    }

    VmwareSummary vmware() {
        return vmware;
    }

    NetworkSummary network() {
        return network;
    }

    Coverage coverage() {
        return coverage;
    }

    @Nullable
    RunHeader header() {
        return header;
    }

    /** Most self time first, those whose times are unknown last. */
    List<MethodSummary> methods() {
        List<MethodSummary> sorted = new ArrayList<>(methods.values());
        sorted.sort(MOST_SELF_TIME_FIRST);
        return sorted;
    }

    /** The same, by the order in which they were first seen, for others than the report. */
    public List<MethodTotals> totals() {
        List<MethodTotals> totals = new ArrayList<>();
        for (MethodSummary method : methods.values()) {
            totals.add(MethodTotals.of(method, mostStolenNs()));
        }
        return totals;
    }

    /** For how long an operator had suspended measuring: what was called then is unknown. */
    long suspendedMs() {
        return suspendedMs;
    }

    int intervals() {
        return intervals;
    }

    /** When the first interval began, milliseconds since the epoch; null where there is none. */
    @Nullable
    Long startMs() {
        return last == null ? null : Long.valueOf(startMs);
    }

    /** When the latest ended. */
    @Nullable
    Long endMs() {
        return last == null ? null : Long.valueOf(last.endMs());
    }

    /** From the first interval's start to the last one's end. */
    long coveredMs() {
        return last == null ? 0 : last.endMs() - startMs;
    }

    /** What measuring a call cost when that was last measured; null if it never was. */
    @Nullable
    Long probeNs() {
        return last == null ? null : last.probeNs();
    }

    /** What it adds to each counter; empty where nobody says. */
    List<ProbeCount> probeCounts() {
        return last == null ? List.of() : last.probeCounts();
    }

    /** What it cost before the probe was compiled; null where nobody says. */
    @Nullable
    Long probeAtStartNs() {
        return header == null ? null : header.costsNs().get(RunHeader.PROBE_AT_START);
    }

    /**
     * What a probe may have cost in intervals in which nobody measured it: as at the start, when it was not compiled, or as in the
     * dearest interval, on a machine that became busier; null where nobody says.
     */
    @Nullable
    Long mostProbeNs() {
        Long atStartNs = probeAtStartNs();
        return atStartNs == null ? null : Long.valueOf(Math.max(atStartNs, dearestProbeNs));
    }

    /** Null where steal is unknown. */
    @Nullable
    List<VcpuSteal> vcpus() {
        return last == null ? null : last.vcpus();
    }

    /** The most that can have been stolen in the whole run; null where unknown. */
    @Nullable
    Long mostStolenNs() {
        return last == null ? null : last.mostStolenNs();
    }

    /** How many intervals have no corrected times though steal is known, by their reasons. */
    Map<String, Integer> tainted() {
        return tainted;
    }

    /** The largest of the run, at most {@value #MOST_BURSTS}, the one with most steal first. */
    List<StealBurst> bursts() {
        return bursts;
    }

    /** Null where no clock outside of the guest was asked. */
    @Nullable
    OutsideSummary outside() {
        return outside;
    }

    Map<String, Long> health() {
        return last == null ? Map.of() : last.health();
    }
}
