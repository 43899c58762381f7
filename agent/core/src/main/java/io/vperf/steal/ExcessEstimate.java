package io.vperf.steal;

/**
 * For kernels whose CPU time includes steal, or may. The calls' own clocks say nothing then, only the vCPU's counter knows.
 * Of the calls that were there when it grew, those come first that took longer than calls of their method usually do, by
 * what they took longer. What is left is shared out among other calls about as long as the counter's windows, by their shares of
 * the busy time; shorter ones that took no longer than usual were not hit.
 *
 * <p>A call that took longer than all the steal of its time could explain has reasons of its own: what it took longer does not
 * say how much of that was stolen, so it comes last, and with its share if it is that long. So does, with its share, a call over many windows
 * whose excess does not differ by more than the counters' steps: they know better what was stolen than what is usual does.
 */
final class ExcessEstimate implements StealEstimate {

    /** The counters know the part of a call over so many windows but for its ends. */
    private static final int MANY_WINDOWS = 4;

    /** A tick at either end, and one for what is booked late. */
    static final long STEPS_NS = 3 * VcpuTimeline.TICK_NS;

    private final UsualTimes usual = new UsualTimes();

    @Override
    public long claimNs(OwnTime own, StealAccount account) {
        boolean rare = own.call().rare();
        long excessNs = usual.excessNs(own.call().method(), rare, own.onCpuNs());
        return rare || excessNs <= account.possibleNs() ? excessNs : 0;
    }

    @Override
    public Verdict judge(OwnTime own, StealAccount account, long claimNs) {
        long roomNs = Math.max(0, own.onCpuNs());
        Passed passed = account.passed();
        long onCpuNs = Math.min(wantedNs(own, account, passed, claimNs), Math.min(account.leftNs(), roomNs));
        long delayNs = own.wakeDelayNs();
        long stolenNs = onCpuNs + Math.min(delayNs, Math.max(0, account.leftNs() - onCpuNs));
        usual.add(
                own.call().method(),
                new MethodTimes.Call(
                        own.call().exitNs(), roomNs, onCpuNs, account.possibleNs(), passed, account.windowNs()));
        account.give(stolenNs);
        long leastNs = own.isWaitKnown() && own.isAll() ? account.leastNs() - own.waitedNs() : 0;
        long mostNs = own.isWaitKnown() ? roomNs + delayNs : own.wallNs();
        return Verdict.corrected(stolenNs, onCpuNs, leastNs, Math.min(mostNs, Math.max(stolenNs, account.mostNs())));
    }

    private static long wantedNs(OwnTime own, StealAccount account, Passed passed, long claimNs) {
        if (own.call().wallNs() < account.windowNs()) {
            return claimNs;
        }
        if (!own.call().rare() && own.onCpuNs() / MANY_WINDOWS >= account.windowNs()) {
            long sharedNs = Math.min(account.shownNs(), passed.shareNs(own.onCpuNs()));
            return claimNs > sharedNs + STEPS_NS ? claimNs : sharedNs;
        }
        return claimNs > 0 ? claimNs : account.shareNs(own.onCpuNs());
    }
}
