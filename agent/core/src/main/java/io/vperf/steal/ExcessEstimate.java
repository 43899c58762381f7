package io.vperf.steal;

/**
 * For kernels whose CPU time includes steal, or may. The calls' own clocks say nothing then, only the vCPU's counter knows.
 * Of the calls that were there when it grew, those come first that took longer than calls of their method usually do, by
 * what they took longer. What is left is shared out among calls about as long as the counter's windows, by their shares of
 * the busy time; shorter ones that took no longer than usual were not hit.
 */
final class ExcessEstimate implements StealEstimate {

    private final UsualTimes usual = new UsualTimes();

    @Override
    public long claimNs(OwnTime own, StealAccount account) {
        return usual.excessNs(own.call().method(), own.call().rare(), own.onCpuNs());
    }

    @Override
    public Verdict judge(OwnTime own, StealAccount account, long claimNs) {
        long roomNs = Math.max(0, own.onCpuNs());
        long sharedNs = own.call().wallNs() >= account.windowNs() ? account.shareNs(roomNs) : 0;
        long onCpuNs = Math.min(Math.max(claimNs, sharedNs), Math.min(account.leftNs(), roomNs));
        long delayNs = own.wakeDelayNs();
        long stolenNs = onCpuNs + Math.min(delayNs, Math.max(0, account.leftNs() - onCpuNs));
        account.give(stolenNs);
        usual.add(own.call().method(), roomNs - onCpuNs);
        long leastNs = own.isWaitKnown() && own.isAll() ? account.leastNs() - own.waitedNs() : 0;
        long mostNs = own.isWaitKnown() ? roomNs + delayNs : own.wallNs();
        return Verdict.corrected(stolenNs, onCpuNs, leastNs, Math.min(mostNs, Math.max(stolenNs, account.mostNs())));
    }
}
