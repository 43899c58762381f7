package io.vperf.annotations;

/**
 * Where the agent comes in: it replaces the bodies of these methods, when the class is loaded or when it is attached
 * later, by calls of the methods of the same names in {@code io.vperf.bootstrap.Probe}. What stands here is what happens
 * without it. Agents know the methods by name and descriptor: one that has changed must get another name.
 */
final class AgentCalls {

    private static final long NONE = -1;

    private AgentCalls() {}

    /** The token of the region's entry, or a negative number if it is not measured. */
    static long enterRegion(String name) {
        return NONE;
    }

    /** Ends what {@link #enterRegion} answered {@code token} for. */
    static void exitRegion(long token) {}

    /** CPU time of the calling thread in nanoseconds, or a negative number if it is unknown. */
    static long virtualNs() {
        return NONE;
    }
}
