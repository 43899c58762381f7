package io.vperf.steal;

/** What the steal counters of all vCPUs showed together. May be asked by any thread. */
public interface StealCounters {

    /**
     * The most that can have been stolen from all vCPUs together since a time of the wall clock. However many calls there
     * were: what is stolen at a moment is stolen from the one thread that runs on that vCPU.
     */
    long mostStolenSinceNs(long fromNs);

    /** Whether no counter moved since then and none misbehaved: if anything was stolen, it was less than a tick per vCPU. */
    default boolean noneStolenSince(long fromNs) {
        return false;
    }
}
