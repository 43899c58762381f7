package io.vperf.steal;

import io.vperf.clock.ThreadClock;
import io.vperf.platform.KernelKind;
import java.util.List;

/**
 * Shares out the steal that the timelines show among the calls that ran there.
 *
 * <p>On a kernel whose CPU time excludes steal, a call's gap (wall less CPU time) holds all that was stolen from it, and
 * whatever else kept it from running. If the gap is no larger than what the vCPU's timeline has left for the call's
 * stretch of time, it is taken for steal as it is, in nanoseconds. A larger gap cannot be steal alone; then, as on every
 * other kernel, the call gets the window's steal in proportion to its share of the vCPU's busy time.
 *
 * <p>CPU time is taken to be spread evenly over a call, and a call that ended on another vCPU than it began on to have
 * spent half its time on each: nothing finer is known of it.
 */
final class Attribution implements StealJudge {

    private final Timelines timelines;
    private final KernelKind kind;
    private final long readingCostNs;
    private final Limits limits;
    private final NestedCalls nested = new NestedCalls();

    /**
     * @param readingCostNs by how much the CPU time of a call may exceed its wall time, see {@link Limits#gap}
     */
    Attribution(Timelines timelines, KernelKind kind, long readingCostNs, Limits limits) {
        this.timelines = timelines;
        this.kind = kind;
        this.readingCostNs = readingCostNs;
        this.limits = limits;
    }

    /** Whether the counters are up to date for everything before the call's end. */
    @Override
    public boolean isCovered(LongCall call) {
        return coveredUntil(call.vcpuAtEntry()) >= call.exitNs() && coveredUntil(call.vcpuAtExit()) >= call.exitNs();
    }

    private long coveredUntil(int vcpu) {
        VcpuTimeline timeline = timelines.of(vcpu);
        // A vCPU that has no timeline will not get one by waiting.
        return timeline == null ? Long.MAX_VALUE : timeline.coveredUntilNs();
    }

    @Override
    public List<Verdict> judge(List<LongCall> calls) {
        return calls.stream().map(this::judge).toList();
    }

    Verdict judge(LongCall call) {
        long[] callees = nested.takeCalleesOf(call);
        long calleesWallNs = callees == null ? 0 : callees[0];
        long calleesCpuNs = callees == null ? 0 : callees[1];
        long calleesStolenNs = callees == null ? 0 : callees[2];
        long calleesLeastNs = callees == null ? 0 : callees[3];
        long calleesMostNs = callees == null ? 0 : callees[4];

        Verdict own = judgeOwn(call, call.wallNs() - calleesWallNs, call.cpuNs(), calleesCpuNs);
        long roomNs = kind == KernelKind.EXCLUDES && call.cpuNs() != ThreadClock.UNKNOWN
                ? limits.gap(call.wallNs(), call.cpuNs(), readingCostNs)
                : call.wallNs();
        boolean corrected = own.kind() == Verdict.Kind.CORRECTED;
        // A call that cannot be judged itself still holds what was found in its callees.
        long stolenNs = corrected || calleesStolenNs > 0
                ? limits.stolen(own.stolenNs() + calleesStolenNs, roomNs, readingCostNs)
                : 0;
        Verdict verdict = corrected || calleesStolenNs > 0
                ? new Verdict(
                        Verdict.Kind.CORRECTED,
                        stolenNs,
                        Math.min(stolenNs, own.leastNs() + calleesLeastNs),
                        Math.max(stolenNs, own.mostNs() + calleesMostNs))
                : own;
        nested.add(call, verdict.stolenNs(), verdict.leastNs(), verdict.mostNs());
        return verdict;
    }

    /** The call will not be judged; what was found in its callees still belongs to its callers. */
    @Override
    public void skip(LongCall call) {
        long[] callees = nested.takeCalleesOf(call);
        nested.add(
                call,
                callees == null ? 0 : callees[2],
                callees == null ? 0 : callees[3],
                callees == null ? 0 : callees[4]);
    }

    @Override
    public void threadEnded(long thread) {
        nested.forget(thread);
    }

    private Verdict judgeOwn(LongCall call, long ownWallNs, long cpuNs, long calleesCpuNs) {
        VcpuTimeline first = timelines.of(call.vcpuAtEntry());
        VcpuTimeline second = timelines.of(call.vcpuAtExit());
        if (cpuNs == ThreadClock.UNKNOWN || first == null || second == null) {
            return Verdict.UNKNOWN_SHARE;
        }
        double weight = first == second ? 1 : 0.5;
        long ownCpuNs = cpuNs - calleesCpuNs;
        double perWallNs = (double) ownCpuNs / call.wallNs();
        Sums sums = new Sums();
        sum(sums, first, call, weight, perWallNs);
        if (first != second) {
            sum(sums, second, call, weight, perWallNs);
        }
        if (sums.taintedNs > 0 && sums.shareNs == 0) {
            return Verdict.TAINTED;
        }
        boolean gapIsSteal = false;
        double estimateNs = sums.shareNs;
        long roomNs = ownWallNs;
        if (kind == KernelKind.EXCLUDES) {
            roomNs = limits.gap(ownWallNs, ownCpuNs, readingCostNs);
            gapIsSteal = roomNs <= sums.fitNs;
            estimateNs = gapIsSteal ? roomNs : Math.min((double) roomNs, sums.shareNs);
        }
        long stolenNs = limits.stolen((long) estimateNs, roomNs, readingCostNs);
        double basisNs = gapIsSteal ? sums.fitNs : sums.shareNs;
        if (stolenNs > 0) {
            consume(first, call, weight, perWallNs, gapIsSteal, stolenNs / basisNs);
            if (first != second) {
                consume(second, call, weight, perWallNs, gapIsSteal, stolenNs / basisNs);
            }
        }
        long mostNs = Math.min(roomNs, (long) sums.mostNs);
        return new Verdict(Verdict.Kind.CORRECTED, stolenNs, 0, Math.max(stolenNs, mostNs));
    }

    private void sum(Sums sums, VcpuTimeline timeline, LongCall call, double weight, double perWallNs) {
        for (int w = timeline.windowAt(call.entryNs());
                w < timeline.end() && timeline.startNs(w) < call.exitNs();
                w++) {
            long overlapNs = overlap(timeline, w, call);
            if (timeline.isTainted(w)) {
                sums.taintedNs += overlapNs;
                continue;
            }
            sums.fitNs += weight * fit(timeline, w, overlapNs);
            sums.shareNs += weight * share(timeline, w, overlapNs, perWallNs);
            sums.mostNs += Math.min(overlapNs, timeline.stolenNs(w) + VcpuTimeline.TICK_NS);
        }
    }

    private void consume(
            VcpuTimeline timeline, LongCall call, double weight, double perWallNs, boolean gapIsSteal, double part) {
        for (int w = timeline.windowAt(call.entryNs());
                w < timeline.end() && timeline.startNs(w) < call.exitNs();
                w++) {
            if (!timeline.isTainted(w)) {
                long overlapNs = overlap(timeline, w, call);
                double basis = gapIsSteal ? fit(timeline, w, overlapNs) : share(timeline, w, overlapNs, perWallNs);
                timeline.attribute(w, (long) (weight * basis * part));
            }
        }
    }

    private static long overlap(VcpuTimeline timeline, int window, LongCall call) {
        return Math.min(call.exitNs(), timeline.endNs(window)) - Math.max(call.entryNs(), timeline.startNs(window));
    }

    private static long fit(VcpuTimeline timeline, int window, long overlapNs) {
        return Math.min(overlapNs, timeline.remainingNs(window));
    }

    private double share(VcpuTimeline timeline, int window, long overlapNs, double perWallNs) {
        // /proc/stat's busy columns never hold steal (account_process_tick); the call's CPU time does on kernels that
        // include it, and may where the kind is unknown.
        long busyNs = timeline.busyNs(window) + (kind == KernelKind.EXCLUDES ? 0 : timeline.stolenNs(window));
        double ofBusy = overlapNs * perWallNs / Math.max(busyNs, VcpuTimeline.TICK_NS);
        double shareNs = timeline.stolenNs(window) * Math.min(1, Math.max(0, ofBusy));
        return Math.min((double) timeline.remainingNs(window), shareNs);
    }

    private static final class Sums {
        /** What the windows have left, each at most as much as the call overlaps it. */
        double fitNs;

        /** The call's share of what they have left. */
        double shareNs;

        /** The most that can have been stolen, the counter's resolution included. */
        double mostNs;

        long taintedNs;
    }
}
