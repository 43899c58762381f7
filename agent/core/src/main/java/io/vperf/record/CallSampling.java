package io.vperf.record;

import java.util.Arrays;

/**
 * Of which methods only one in N calls is measured, and the N of each. Set by the dumper, read by every
 * probe. A probe that still sees an old N draws by that; its call's weight goes with the call.
 */
final class CallSampling {

    /** One in a million. */
    static final int MOST_LOG2 = 20;

    private static final int LOG2_BITS = 5;
    private static final int LOG2_MASK = (1 << LOG2_BITS) - 1;

    private final long seed;

    /**
     * By method id: 0, or log2 of N and the number of the method's counter. Elements never change: replaced as a whole by
     * the dumper. Longer arrays may not be needed for a method that came later.
     */
    private volatile int[] rules = new int[0];

    /** Which method a counter is for. As {@link #rules}, and replaced before them. */
    private volatile int[] methodIds = new int[0];

    CallSampling(long seed) {
        this.seed = seed;
    }

    long seed() {
        return seed;
    }

    /** 0 if all calls of the method are measured; never otherwise. */
    int rule(int methodId) {
        int[] r = rules;
        return methodId < r.length ? r[methodId] : 0;
    }

    static int log2(int rule) {
        return rule & LOG2_MASK;
    }

    static int counter(int rule) {
        return rule >>> LOG2_BITS;
    }

    int methodId(int counter) {
        return methodIds[counter];
    }

    /**
     * Takes effect for calls that begin from now on. Called by the dumper.
     *
     * @param log2s of N by method id, each 0 to {@link #MOST_LOG2}
     */
    void set(int[] log2s) {
        int[] made = new int[log2s.length];
        for (int id = 0; id < made.length; id++) {
            if (log2s[id] > 0) {
                made[id] = log2s[id] | counterFor(id) << LOG2_BITS;
            }
        }
        rules = made;
    }

    private int counterFor(int methodId) {
        int[] ids = methodIds;
        for (int counter = 0; counter < ids.length; counter++) {
            if (ids[counter] == methodId) {
                return counter;
            }
        }
        int[] grown = Arrays.copyOf(ids, ids.length + 1);
        grown[ids.length] = methodId;
        methodIds = grown;
        return ids.length;
    }
}
