package io.vperf.steal;

import io.vperf.clock.ThreadClock;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shares out the steal that the timelines show among the calls that ran there: to the innermost call it can be told for, by
 * the {@link StealEstimate} that fits the kernel; callers add up their callees'.
 */
final class Attribution implements StealJudge {

    private static final long UNKNOWN = ThreadClock.UNKNOWN;

    private static final long[] NOTHING = new long[4];

    private final Timelines timelines;
    private final Limits limits;
    private final long readingCostNs;
    private final InterruptTime interrupts;
    private final KindEvidence evidence = new KindEvidence();
    private KernelKind kind;
    private StealEstimate estimate;

    /** Wall time, CPU time, wait, run delay, and how many there were whose wait is not known. */
    private final NestedCalls times = new NestedCalls(5);

    /** Stolen, on the vCPU, least, most. */
    private final NestedCalls verdicts = new NestedCalls(4);

    /**
     * A call that can be judged.
     *
     * @param at its place among those that came with it
     */
    private record Case(OwnTime own, StealAccount account, long claimNs, int at) {}

    /**
     * @param readingCostNs by how much the CPU time of a call may exceed its wall time, see {@link Limits#gap}
     * @param interrupts see {@link GapEstimate}
     */
    Attribution(Timelines timelines, KernelKind kind, long readingCostNs, InterruptTime interrupts, Limits limits) {
        this.timelines = timelines;
        this.limits = limits;
        this.readingCostNs = readingCostNs;
        this.interrupts = interrupts;
        this.kind = kind;
        this.estimate = estimateFor(kind);
    }

    private StealEstimate estimateFor(KernelKind of) {
        return of == KernelKind.EXCLUDES ? new GapEstimate(readingCostNs, interrupts) : new ExcessEstimate();
    }

    /** The kernel's kind: as told at the start, or what calls have shown since. */
    KernelKind kind() {
        return kind;
    }

    /** What calls have shown. */
    KindEvidence evidence() {
        return evidence;
    }

    /** Goes by what calls have shown, from now on; false if that is nothing new. */
    boolean reviseKind() {
        KernelKind shown = evidence.kind(kind);
        if (shown == KernelKind.UNKNOWN || shown == kind) {
            return false;
        }
        kind = shown;
        estimate = estimateFor(shown);
        return true;
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
        Verdict[] verdicts = new Verdict[calls.size()];
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = Verdict.UNKNOWN_SHARE;
            addCase(calls.get(i), i, cases);
        }
        cases.sort(Comparator.comparingLong((Case c) -> -c.claimNs()));
        for (Case c : cases) {
            boolean nothingToGoBy = c.account().isTainted() && c.account().shownNs() == 0;
            verdicts[c.at()] = nothingToGoBy ? Verdict.TAINTED : estimate.judge(c.own(), c.account(), c.claimNs());
        }
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = withCallees(calls.get(i), verdicts[i]);
        }
        return List.of(verdicts);
    }

    Verdict judge(LongCall call) {
        return judge(List.of(call)).get(0);
    }

    private void addCase(LongCall call, int at, List<Case> to) {
        long[] callees = times.takeCalleesOf(call);
        addTimes(call);
        VcpuTimeline first = timelines.of(call.vcpuAtEntry());
        VcpuTimeline second = timelines.of(call.vcpuAtExit());
        if (call.cpuNs() != UNKNOWN && first != null && second != null) {
            OwnTime own = ownTime(call, callees);
            StealAccount account = new StealAccount(first, second, call.entryNs(), call.exitNs());
            evidence.add(own, account);
            to.add(new Case(own, account, estimate.claimNs(own, account), at));
        }
    }

    private static OwnTime ownTime(LongCall call, long @Nullable [] callees) {
        if (callees == null) {
            return new OwnTime(call, call.wallNs(), call.cpuNs(), call.waitedNs(), call.runDelayNs());
        }
        boolean waitKnown = call.waitedNs() != UNKNOWN && callees[4] == 0;
        return new OwnTime(
                call,
                call.wallNs() - callees[0],
                call.cpuNs() - callees[1],
                waitKnown ? call.waitedNs() - callees[2] : UNKNOWN,
                call.runDelayNs() == UNKNOWN ? UNKNOWN : call.runDelayNs() - callees[3]);
    }

    private void addTimes(LongCall call) {
        if (call.cpuNs() == UNKNOWN) {
            return; // as that of its callers, and then they are not judged
        }
        times.add(
                call,
                call.wallNs(),
                call.cpuNs(),
                call.waitedNs() == UNKNOWN ? 0 : call.waitedNs(),
                call.runDelayNs() == UNKNOWN ? 0 : call.runDelayNs(),
                call.waitedNs() == UNKNOWN ? 1 : 0);
    }

    private Verdict withCallees(LongCall call, Verdict own) {
        long[] found = verdicts.takeCalleesOf(call);
        long[] callees = found == null ? NOTHING : found;
        boolean known = own.kind() == Verdict.Kind.CORRECTED;
        long roomNs = roomNs(call);
        Verdict verdict = own;
        // A call that cannot be judged itself still holds what was found in its callees.
        if (known || callees[0] > 0) {
            verdict = Verdict.corrected(
                    limits.stolen(own.stolenNs() + callees[0], roomNs, readingCostNs),
                    own.onCpuNs() + callees[1],
                    own.leastNs() + callees[2],
                    known ? Math.min(call.wallNs(), own.mostNs() + callees[3]) : call.wallNs());
        }
        verdicts.add(call, verdict.stolenNs(), verdict.onCpuNs(), verdict.leastNs(), verdict.mostNs());
        return verdict;
    }

    /** Wall time less the time proven running. */
    private long roomNs(LongCall call) {
        return kind == KernelKind.EXCLUDES && call.cpuNs() != UNKNOWN
                ? limits.gap(call.wallNs(), call.cpuNs(), readingCostNs)
                : call.wallNs();
    }

    @Override
    public long stolenMeanwhileNs(LongCall call) {
        return timelines.stolenBetweenNs(call.entryNs(), call.exitNs());
    }

    @Override
    public boolean isQuiet(long fromNs, long toNs) {
        return timelines.isQuiet(fromNs, toNs);
    }

    /** The call will not be judged; what was found in its callees still belongs to its callers. */
    @Override
    public void skip(LongCall call) {
        long[] callees = verdicts.takeCalleesOf(call);
        times.takeCalleesOf(call);
        addTimes(call);
        if (callees != null) {
            verdicts.add(call, callees);
        }
    }

    @Override
    public void threadEnded(long thread) {
        times.forget(thread);
        verdicts.forget(thread);
    }
}
