package io.vperf.record;

/**
 * Decides for one thread, by chance, which of its calls are measured, and counts the others. Touched by its thread alone,
 * but for the counts. By chance, as every N-th call would always be the same one of a loop that makes N calls.
 */
final class CallDraw {

    /** What {@link #draw} answers for a call that is only counted. */
    static final int COUNTED = -1;

    /** From Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled" (xorshift64*). */
    private static final long SCRAMBLER = 0x2545F4914F6CDD1DL;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final CallSampling sampling;
    private final CallCounts counts;
    private final boolean countsShared;

    /** Never 0. */
    private long state;

    /**
     * @param thread its number: no two threads draw alike
     * @param countsShared whether other threads count there too
     */
    CallDraw(CallSampling sampling, long thread, CallCounts counts, boolean countsShared) {
        this.sampling = sampling;
        this.counts = counts;
        this.countsShared = countsShared;
        long mixed = (sampling.seed() + thread * GOLDEN) * SCRAMBLER;
        this.state = (mixed ^ (mixed >>> 32)) | 1;
    }

    CallCounts counts() {
        return counts;
    }

    /** Log2 of how many calls this one stands for, or {@link #COUNTED}. */
    int draw(int methodId) {
        int rule = sampling.rule(methodId);
        if (rule == 0) {
            return 0;
        }
        int log2 = CallSampling.log2(rule);
        long x = state;
        x ^= x >>> 12;
        x ^= x << 25;
        x ^= x >>> 27;
        state = x;
        // The upper bits, which are the better ones.
        if ((x * SCRAMBLER) >>> (Long.SIZE - log2) == 0) {
            return log2;
        }
        count(CallSampling.counter(rule));
        return COUNTED;
    }

    private void count(int counter) {
        if (!countsShared) {
            counts.add(counter);
            return;
        }
        counts.lock.lock();
        try {
            counts.add(counter);
        } finally {
            counts.lock.held = false;
            counts.lock.wake();
        }
    }
}
