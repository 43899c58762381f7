package io.vperf.sim;

import java.util.SplittableRandom;

/** The host's side of one vCPU. */
final class HostCpu {

    private final HostSteal steal;
    private final SplittableRandom random;
    private boolean taken;
    private long changeNs;
    private long waitUntilNs;

    HostCpu(HostSteal steal, SplittableRandom random) {
        this.steal = steal;
        this.random = random;
        this.changeNs = (long) (steal.freeNs().next(random) * random.nextDouble());
    }

    /** Brings it up to a time, which is never before the last one. */
    void advance(long nowNs) {
        while (changeNs <= nowNs) {
            taken = !taken;
            changeNs += taken
                    ? steal.takenNs().next(random)
                    : Math.max(1, steal.freeNs().next(random));
        }
    }

    /** The vCPU wants to run, and did not before. */
    void wake(long nowNs) {
        if (steal.wakeWaits() > 0 && random.nextDouble() < steal.wakeWaits()) {
            waitUntilNs = nowNs + steal.wakeWaitNs().next(random);
        }
    }

    boolean isTaken(long nowNs) {
        return taken || waitUntilNs > nowNs;
    }

    /** When this may be otherwise. */
    long nextChangeNs(long nowNs) {
        return waitUntilNs > nowNs ? Math.max(waitUntilNs, taken ? changeNs : waitUntilNs) : changeNs;
    }
}
