package io.vperf.steal;

import io.vperf.platform.InterruptTime;

/**
 * For kernels whose CPU time excludes steal. A call's gap, wall less CPU time, then holds all that was stolen from it and the
 * time its thread was switched out. If the latter is known the rest is the steal, in nanoseconds; the counters must bear it
 * out. If not, as when the thread blocked, the call gets its share of what the counters show.
 */
final class GapEstimate implements StealEstimate {

    private final long readingCostNs;
    private final InterruptTime interrupts;

    /**
     * @param readingCostNs by how much the CPU time of a call may exceed its wall time, see {@link Limits#gap}
     * @param interrupts whether they are in the gap, too; where that is unknown the gap stands for both, and the bound says so
     */
    GapEstimate(long readingCostNs, InterruptTime interrupts) {
        this.readingCostNs = readingCostNs;
        this.interrupts = interrupts;
    }

    @Override
    public long claimNs(OwnTime own, StealAccount account) {
        if (!own.isWaitKnown()) {
            return 0;
        }
        long interruptsNs = interrupts == InterruptTime.APART ? account.interruptsNs() : 0;
        return Math.max(0, own.gapNs() - own.waitedNs() - interruptsNs);
    }

    @Override
    public Verdict judge(OwnTime own, StealAccount account, long claimNs) {
        long gapNs = own.gapNs();
        long delayNs = Math.min(own.wakeDelayNs(), gapNs);
        long onCpuNs = own.isWaitKnown()
                ? Math.min(claimNs, account.leftNs())
                : Math.min(gapNs - delayNs, account.shareNs(account.withStealNs(own.cpuNs())));
        long stolenNs = onCpuNs + Math.min(delayNs, Math.max(0, account.leftNs() - onCpuNs));
        account.give(stolenNs);
        long leastNs = 0;
        long mostNs = gapNs;
        if (own.isWaitKnown()) {
            long errorNs = readingCostNs + (interrupts == InterruptTime.CHARGED ? 0 : account.interruptsNs());
            leastNs = onCpuNs - errorNs;
            mostNs = claimNs + errorNs + delayNs;
        }
        return Verdict.corrected(stolenNs, onCpuNs, leastNs, Math.min(mostNs, Math.max(stolenNs, account.mostNs())));
    }
}
