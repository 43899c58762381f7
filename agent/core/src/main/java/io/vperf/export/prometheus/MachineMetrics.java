package io.vperf.export.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import io.vperf.explain.Paused;
import io.vperf.explain.Throttled;
import io.vperf.health.Trouble;
import io.vperf.record.IntervalSnapshot;
import io.vperf.steal.VcpuSteal;
import org.jspecify.annotations.Nullable;

/** What is known of machine and JVM since the start of the run. What the last interval does not know is unknown. Not thread-safe. */
final class MachineMetrics {

    private static final MetricMetadata WATCHED =
            seconds("vcpu_watched", "For how long the vCPU's steal counter was watched");
    private static final MetricMetadata STOLEN =
            seconds("vcpu_stolen", "What the vCPU's steal counter grew by, in steps of 10 ms");
    private static final MetricMetadata ATTRIBUTED =
            seconds("vcpu_attributed", "How much of what was stolen from the vCPU was given to measured calls");
    private static final MetricMetadata MOST_STOLEN =
            seconds("stolen_most", "The most that can have been stolen from all vCPUs together");
    private static final MetricMetadata PERIODS =
            plain("cgroup_periods", "Periods of the cgroup's CPU quota in which it had something to run");
    private static final MetricMetadata THROTTLED_PERIODS =
            plain("cgroup_throttled_periods", "Periods of these in which the quota did not last");
    private static final MetricMetadata THROTTLED =
            seconds("cgroup_throttled", "For how long its vCPUs were kept from running the cgroup, added up");
    private static final MetricMetadata THROTTLED_ATTRIBUTED =
            seconds("throttled_attributed", "How much of what cgroups were throttled was given to measured calls");
    private static final MetricMetadata PAUSES = plain("pauses", "Pauses of the JVM");
    private static final MetricMetadata PAUSED = seconds("pauses", "For how long the JVM was paused");
    private static final MetricMetadata TROUBLE =
            plain("trouble", "What vperf dropped, clamped, refused or suppressed, by kind");
    private static final MetricMetadata PROBE =
            seconds("probe", "What measuring a call costs, when that was last measured");

    private static final double NS_PER_S = 1e9;

    private final KnownSum gcPauses = new KnownSum();
    private final KnownSum gcNs = new KnownSum();
    private final KnownSum unplacedPauses = new KnownSum();
    private final KnownSum unplacedNs = new KnownSum();
    private final KnownSum otherPauses = new KnownSum();
    private final KnownSum otherNs = new KnownSum();
    private @Nullable IntervalSnapshot last;

    private static MetricMetadata plain(String name, String help) {
        return new MetricMetadata("vperf_" + name, help);
    }

    private static MetricMetadata seconds(String name, String help) {
        return new MetricMetadata("vperf_" + name + "_seconds", help, Unit.SECONDS);
    }

    void add(IntervalSnapshot snapshot) {
        last = snapshot;
        Paused paused = snapshot.jvm().paused();
        if (paused != null) {
            gcPauses.add(paused.gcCount());
            gcNs.add(paused.gcNs());
            unplacedPauses.add(paused.unplacedCount());
            unplacedNs.add(paused.unplacedNs());
            otherPauses.add(paused.count() - paused.gcCount() - paused.unplacedCount());
            otherNs.add(paused.totalNs() - paused.gcNs() - paused.unplacedNs());
        }
    }

    void show(Board board) {
        IntervalSnapshot of = last;
        if (of == null) {
            return;
        }
        if (of.vcpus() != null) {
            for (VcpuSteal vcpu : of.vcpus()) {
                Labels labels = Labels.of("vcpu", String.valueOf(vcpu.vcpu()));
                board.seconds(WATCHED, labels, vcpu.watchedNs());
                board.seconds(STOLEN, labels, vcpu.stolenNs());
                board.seconds(ATTRIBUTED, labels, vcpu.attributedNs());
            }
        }
        board.seconds(MOST_STOLEN, Labels.EMPTY, of.mostStolenNs());
        Throttled throttled = of.jvm().throttled();
        if (throttled != null) {
            for (Throttled.Level level : throttled.levels()) {
                Labels labels = Labels.of("cgroup", level.path());
                board.count(PERIODS, labels, level.periods());
                board.count(THROTTLED_PERIODS, labels, level.throttledPeriods());
                board.seconds(THROTTLED, labels, level.throttledNs());
            }
            board.seconds(THROTTLED_ATTRIBUTED, Labels.EMPTY, throttled.attributedNs());
        }
        if (of.jvm().paused() != null) {
            pauses(board, "gc", gcPauses, gcNs);
            pauses(board, "other", otherPauses, otherNs);
            pauses(board, "unknown", unplacedPauses, unplacedNs);
        }
        for (Trouble kind : Trouble.values()) {
            board.count(TROUBLE, Labels.of("kind", kind.key()), of.health().getOrDefault(kind.key(), 0L));
        }
        Long probeNs = of.probeNs();
        if (probeNs != null) {
            board.gauge(PROBE, Labels.EMPTY, probeNs / NS_PER_S);
        }
    }

    private static void pauses(Board board, String reason, KnownSum count, KnownSum ns) {
        Labels labels = Labels.of("reason", reason);
        board.count(PAUSES, labels, count.value());
        board.seconds(PAUSED, labels, ns.value());
    }
}
