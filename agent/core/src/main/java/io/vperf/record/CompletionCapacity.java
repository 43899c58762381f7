package io.vperf.record;

/** How many calls may be open at a time that have returned and wait for their completion. */
final class CompletionCapacity {

    /** Of one call: its entry in the set of open ones, its hook, and the stage's dependent that holds this. */
    private static final long BYTES_PER_CALL = 200;

    /** A weak reference each, which the garbage collector looks at. */
    private static final long MOST = 1 << 18;

    /** Of the largest heap there may be, as {@link DeferredCapacity} has it. */
    private static final long HEAP_SHARE = 16;

    private CompletionCapacity() {}

    /**
     * The number for this JVM.
     *
     * @param maxHeapBytes what the heap may grow to, {@link Long#MAX_VALUE} if to anything
     */
    static int of(long maxHeapBytes) {
        return (int) Math.min(MOST, maxHeapBytes / HEAP_SHARE / BYTES_PER_CALL);
    }
}
