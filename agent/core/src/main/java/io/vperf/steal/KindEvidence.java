package io.vperf.steal;

import io.vperf.platform.KernelKind;

/**
 * What finished calls say of the kernel's kind. While a thread is not switched out its CPU time keeps up with the wall clock
 * on a kernel that includes steal, and falls behind by what is stolen on one that excludes it. So the gaps of calls whose
 * waits are known are held against what they should have lost by the counters.
 */
final class KindEvidence {

    /** With less to be expected calls say nothing: five ticks. */
    private static final long ENOUGH_NS = 5 * VcpuTimeline.TICK_NS;

    /** What the kernel's configuration says takes so much more to refute: a counter may misbehave for a while. */
    private static final int TO_REFUTE = 10;

    /** Gaps in all, and what the counters say they should be. */
    private long gapsNs;

    private long expectedNs;

    /** Takes note of a call that is to be judged. */
    void add(OwnTime own, StealAccount account) {
        // What is stolen from a vCPU as it wakes, it does not lose while it runs.
        if (own.isWaitKnown() && account.isBusy()) {
            long gapNs = own.wallNs() - own.cpuNs() - own.waitedNs() - account.interruptsNs();
            gapsNs += Math.min(gapNs, account.countedNs());
            expectedNs += account.expectedNs(own.onCpuNs());
        }
    }

    /**
     * The kind by all calls so far, or unknown if they do not say.
     *
     * <p>Calls too short to wait for their correction are not among them, but those of them that are hit become long enough:
     * so gaps may be many times what is expected, and never are where CPU time includes steal.
     *
     * @param before what is taken for granted
     */
    KernelKind kind(KernelKind before) {
        if (expectedNs < (before == KernelKind.UNKNOWN ? ENOUGH_NS : ENOUGH_NS * TO_REFUTE)) {
            return KernelKind.UNKNOWN;
        }
        if (gapsNs > expectedNs / 2) {
            return KernelKind.EXCLUDES;
        }
        return gapsNs < expectedNs / 10 ? KernelKind.INCLUDES : KernelKind.UNKNOWN;
    }

    @Override
    public String toString() {
        return "measured calls lost " + gapsNs / 1_000_000
                + " ms without being switched out, where the counters let expect " + expectedNs / 1_000_000 + " ms";
    }
}
