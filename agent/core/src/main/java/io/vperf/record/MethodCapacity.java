package io.vperf.record;

/**
 * How many methods may be measured. Each that is called takes some 5 to 20 kB of heap: where an application of 15,000 matched
 * methods ran in 16 to 96 MB without vperf, it did little but collect with 1,000 of them measured.
 */
public final class MethodCapacity {

    private static final long BYTES_PER_METHOD = 16 << 10;

    /** Taken by vperf whatever is measured. */
    private static final long FIXED_BYTES = 12 << 20;

    /** Of what the heap may grow to beyond that. */
    private static final int HEAP_SHARE = 4;

    /** In any heap that vperf starts in at all. */
    private static final int LEAST = 32;

    private MethodCapacity() {}

    /**
     * The number for this JVM: never more than is asked for.
     *
     * @param methods how many are asked for
     * @param maxHeapBytes what the heap may grow to, {@link Long#MAX_VALUE} if to anything
     */
    public static int of(int methods, long maxHeapBytes) {
        long byHeap = (maxHeapBytes - FIXED_BYTES) / HEAP_SHARE / BYTES_PER_METHOD;
        return (int) Math.min(methods, Math.max(LEAST, byHeap));
    }
}
