package io.vperf.clock;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Time that passed, by the signs of threads, without a switch and without CPU time. On a sound clock that is time stolen
 * from the vCPU or spent on interrupts, which the kernel counts too. A block that the sign did not show looks the same; but
 * then there is more of it than the kernel's counters hold, and the clock is refuted. Threads add, the sampler's thread
 * compares.
 */
public final class GapLedger {

    /** vCPUs above this share its last entry; their gaps are not judged. */
    private static final int VCPUS = 4096;

    /** The counters count ticks, and their first and last one may be cut. */
    private static final long RESOLUTION_NS = 50_000_000;

    private final AtomicLongArray gapsNs = new AtomicLongArray(VCPUS + 1);

    // The sampler's own.
    private final long[] reviewedNs = new long[VCPUS];
    private final long[] baselineNs = new long[VCPUS];
    private final boolean[] seen = new boolean[VCPUS];

    private volatile boolean refuted;
    private volatile boolean stealAbout;

    private final Runnable whileStealIsAbout;

    /** That has nothing else to do. */
    public GapLedger() {
        this(() -> {});
    }

    /**
     * @param whileStealIsAbout what to do each time that is said, on the sampler's thread
     */
    GapLedger(Runnable whileStealIsAbout) {
        this.whileStealIsAbout = whileStealIsAbout;
    }

    void add(int vcpu, long gapNs) {
        gapsNs.getAndAdd(vcpu >= 0 && vcpu < VCPUS ? vcpu : VCPUS, gapNs);
    }

    /** Whether there were more gaps than the kernel's counters hold; for good. */
    boolean isRefuted() {
        return refuted;
    }

    /**
     * Whether vCPUs have lately been stolen from, on a kernel where a thread's own clocks may show it. Only then does it
     * matter for how long threads were switched out.
     */
    boolean isStealAbout() {
        return stealAbout;
    }

    /** See {@link #isStealAbout}. A thread that hears of it late has calls of which less is known. */
    public void setStealAbout(boolean about) {
        stealAbout = about;
        if (about) {
            whileStealIsAbout.run();
        }
    }

    /**
     * Compares. A gap is known at once, the kernel counts it with its next tick: so what had been known at the last review
     * is held against what is counted by now.
     *
     * @param countedNs steal and interrupt time of this vCPU by the kernel's counters, since any moment
     * @return false if this refutes the clock, once
     */
    public boolean review(int vcpu, long countedNs) {
        if (vcpu >= VCPUS) {
            return true;
        }
        if (!seen[vcpu] || countedNs < baselineNs[vcpu]) {
            seen[vcpu] = true; // a counter that ran backwards begins anew, on the side of the doubt
            baselineNs[vcpu] = countedNs - reviewedNs[vcpu];
        }
        long heldNs = countedNs - baselineNs[vcpu];
        boolean sound = reviewedNs[vcpu] <= heldNs + heldNs / 10 + RESOLUTION_NS;
        reviewedNs[vcpu] = gapsNs.get(vcpu);
        if (sound || refuted) {
            return true;
        }
        refuted = true;
        return false;
    }
}
