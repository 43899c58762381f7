package io.vperf.annotations;

/**
 * Two readings for programs that time themselves, after PAPI's {@code PAPI_get_real_usec} and {@code PAPI_get_virt_usec}.
 * Only differences mean anything, of virtual time only those taken on one thread.
 */
public final class Vperf {

    /** What {@link #virtualUsec} answers when the CPU time is not known. */
    public static final long UNKNOWN = -1;

    private Vperf() {}

    /**
     * Elapsed wall time in microseconds since some moment that stays the same as long as the JVM runs: {@link
     * System#nanoTime} / 1000, with the agent and without.
     */
    public static long realUsec() {
        return Math.floorDiv(System.nanoTime(), 1000L);
    }

    /**
     * CPU time in microseconds charged to the calling thread since its start, by the clock that measured methods are read
     * with; {@link #UNKNOWN} without the agent, on virtual threads, and where the agent cannot tell.
     */
    public static long virtualUsec() {
        long cpuNs = AgentCalls.virtualNs();
        return cpuNs < 0 ? UNKNOWN : cpuNs / 1000;
    }
}
