package io.vperf.steal;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The timelines of all vCPUs. */
final class Timelines {

    private final Health health;
    private final HiccupLog hiccups = new HiccupLog();
    private @Nullable VcpuTimeline[] byVcpu = new VcpuTimeline[0];

    Timelines(Health health) {
        this.health = health;
    }

    /** Null for a vCPU never seen, or an unknown one. */
    @Nullable
    VcpuTimeline of(int vcpu) {
        return vcpu >= 0 && vcpu < byVcpu.length ? byVcpu[vcpu] : null;
    }

    /** The vCPU is in a sample that took no time and holds no interrupts; see {@link VcpuTimeline#add}. */
    void present(int vcpu, long nowNs, long stealTicks, long busyTicks, long totalTicks) {
        present(vcpu, nowNs, nowNs, stealTicks, busyTicks, 0, totalTicks);
    }

    /** The vCPU is in the sample; see {@link VcpuTimeline#add}. */
    void present(
            int vcpu, long beforeNs, long afterNs, long stealTicks, long busyTicks, long irqTicks, long totalTicks) {
        if (vcpu >= byVcpu.length) {
            byVcpu = Arrays.copyOf(byVcpu, vcpu + 1);
        }
        VcpuTimeline timeline = byVcpu[vcpu];
        if (timeline == null) {
            timeline = new VcpuTimeline();
            byVcpu[vcpu] = timeline;
        }
        long newestNs = timeline.newestNs();
        if (!timeline.add(beforeNs, afterNs, stealTicks, busyTicks, irqTicks, totalTicks)) {
            health.count(Trouble.TAINTED_WINDOWS);
        } else if (timeline.end() > 1 && timeline.newestNs() != newestNs) {
            int window = timeline.end() - 1;
            hiccups.window(vcpu, timeline.startNs(window), timeline.endNs(window), timeline.stolenNs(window));
        }
    }

    /** What the counters of all vCPUs showed together since then, and in the window that contains it. */
    long stolenSinceNs(long fromNs) {
        long sumNs = 0;
        for (VcpuTimeline timeline : byVcpu) {
            if (timeline != null) {
                for (int w = timeline.windowAt(fromNs); w < timeline.end(); w++) {
                    sumNs += timeline.stolenNs(w);
                }
            }
        }
        return sumNs;
    }

    /**
     * The most of what the counters of all vCPUs showed together that was stolen in a stretch of time; less than a tick may be
     * missing of each.
     */
    long stolenBetweenNs(long fromNs, long toNs) {
        long sumNs = 0;
        for (VcpuTimeline t : byVcpu) {
            for (int w = t == null ? 0 : t.windowAt(fromNs);
                    t != null && w < t.end() && t.stolenFromNs(w) < toNs;
                    w++) {
                long overlapNs = Math.min(toNs, t.endNs(w)) - Math.max(fromNs, t.stolenFromNs(w));
                sumNs += Math.max(0, Math.min(overlapNs, t.stolenNs(w)));
            }
        }
        return sumNs;
    }

    /** Whether no counter moved in windows that touch a stretch of time, and none misbehaved. */
    boolean isQuiet(long fromNs, long toNs) {
        for (VcpuTimeline timeline : byVcpu) {
            if (timeline != null && !timeline.noneStolenBetween(fromNs, toNs)) {
                return false;
            }
        }
        return true;
    }

    /** What was seen since this was last asked; see {@link HiccupLog#take}. */
    StealHiccups takeHiccups(long nowNs, long nowMs) {
        return hiccups.take(nowNs, nowMs);
    }

    /** The vCPU is not in the sample. */
    void absent(int vcpu) {
        VcpuTimeline timeline = of(vcpu);
        if (timeline != null) {
            timeline.absent();
        }
    }
}
