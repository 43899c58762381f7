package io.vperf.record;

/** How many long calls may wait for their correction. Their places are taken at the start, whether they are used or not. */
public final class DeferredCapacity {

    private static final int PER_VCPU = 8192;
    private static final int MOST = 1 << 16;

    /** Of the largest heap there may be: vperf must find room in one of 16 MB on a machine of any size. */
    private static final int HEAP_SHARE = 16;

    private DeferredCapacity() {}

    /**
     * The number for this machine and JVM.
     *
     * @param maxHeapBytes what the heap may grow to, {@link Long#MAX_VALUE} if to anything
     */
    public static int of(int vcpus, long maxHeapBytes) {
        long byHeap = maxHeapBytes / HEAP_SHARE / DeferredCalls.BYTES_PER_CALL;
        return (int) Math.max(1, Math.min(byHeap, Math.min(MOST, (long) PER_VCPU * vcpus)));
    }
}
