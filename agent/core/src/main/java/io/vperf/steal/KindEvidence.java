package io.vperf.steal;

import io.vperf.platform.KernelKind;

/**
 * What finished calls say of the kernel's kind. While a thread is not switched out its CPU time keeps up with the wall clock
 * on a kernel that includes steal, and falls behind by what is stolen on one that excludes it. So gaps of calls whose waits
 * are known, and where steal was counted, speak for the one; calls without a gap that held whole windows with steal, in
 * which their thread was never off the vCPU, speak for the other. Calls that hold no whole window may have been missed: what
 * is stolen from a vCPU as it wakes, it does not lose while it runs.
 */
final class KindEvidence {

    /** Less says nothing: five ticks. */
    private static final long ENOUGH_NS = 5 * VcpuTimeline.TICK_NS;

    /** What the kernel's configuration says takes so much more to refute: a counter may misbehave for a while. */
    private static final int TO_REFUTE = 10;

    /** Gaps where steal was counted, and the call's share of that. */
    private long gapsNs;

    private long expectedNs;

    /** What calls must have been stolen, and their gaps. */
    private long provenNs;

    private long gapsOfProvenNs;

    /** Takes note of a call that is to be judged. */
    void add(OwnTime own, StealAccount account) {
        if (!own.isWaitKnown()) {
            return;
        }
        long gapNs = own.wallNs() - own.cpuNs() - own.waitedNs() - account.interruptsNs();
        gapsNs += Math.min(gapNs, account.countedNs());
        expectedNs += account.expectedNs(own.onCpuNs());
        long leastNs = own.isAll() ? account.leastNs() - own.waitedNs() : 0;
        if (leastNs > 0) {
            provenNs += leastNs;
            gapsOfProvenNs += gapNs;
        }
    }

    /**
     * The kind by all calls so far, or unknown if they do not say.
     *
     * @param before what is taken for granted
     */
    KernelKind kind(KernelKind before) {
        long enoughNs = before == KernelKind.UNKNOWN ? ENOUGH_NS : ENOUGH_NS * TO_REFUTE;
        if (expectedNs > enoughNs && gapsNs > expectedNs / 2) {
            return KernelKind.EXCLUDES;
        }
        return provenNs > enoughNs && gapsOfProvenNs < provenNs / 10 ? KernelKind.INCLUDES : KernelKind.UNKNOWN;
    }

    @Override
    public String toString() {
        return "calls lost " + gapsNs / 1_000_000 + " ms without being switched out, of some " + expectedNs / 1_000_000
                + " ms by their shares of the counters; " + provenNs / 1_000_000
                + " ms were proven stolen from calls that"
                + " lost " + gapsOfProvenNs / 1_000_000 + " ms";
    }
}
