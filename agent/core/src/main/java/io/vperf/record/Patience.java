package io.vperf.record;

/**
 * How long calls wait for a sample that tells about them. Counted while samples come: a pause between two of them, however
 * long the sampler was kept from running (it may be stolen from, wait for a lock, or its process be stopped), counts for no
 * more than a quarter. The sample after a long pause tells about nothing in it yet, but the one after that does.
 *
 * <p>Used by the sampler's thread alone.
 */
final class Patience {

    /** A call is given up after so many samples at least. */
    private static final int LEAST_SAMPLES = 4;

    private final long patienceNs;
    private long sampledNs;
    private long waitedNs;

    Patience(long patienceNs) {
        this.patienceNs = patienceNs;
    }

    void sampled(long nowNs) {
        waitedNs += Math.min(nowNs - sampledNs, patienceNs / LEAST_SAMPLES);
        sampledNs = nowNs;
    }

    /** The time that counts; to be kept with a call when it begins to wait. */
    long nowNs() {
        return waitedNs;
    }

    /** Whether a call that began to wait then has waited for too long. */
    boolean isOver(long sinceNs) {
        return waitedNs - sinceNs > patienceNs;
    }
}
