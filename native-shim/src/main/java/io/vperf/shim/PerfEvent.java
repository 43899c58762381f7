package io.vperf.shim;

/**
 * An event as {@code perf_event_open} is asked for it. Made by {@link PerfEvents#parse}.
 *
 * @param name as the user wrote it, modifier and all
 * @param type which PMU counts it: {@code attr.type}
 * @param config which of its events: {@code attr.config}
 * @param config1 more of that
 * @param config2 more of that
 * @param user whether what happens in user space is counted
 * @param kernel whether what happens in the kernel on the thread's behalf is counted, which needs more privilege
 */
public record PerfEvent(String name, int type, long config, long config1, long config2, boolean user, boolean kernel) {

    /** {@code attr.type} of the processor's events that have a number for all of them, {@code enum perf_hw_id}. */
    public static final int HARDWARE = 0;

    /** And of those of the kernel, {@code enum perf_sw_ids}. */
    public static final int SOFTWARE = 1;

    static final int TRACEPOINT = 2;

    /** And of accesses to caches, {@code enum perf_hw_cache_id}. */
    public static final int CACHE = 3;

    static final int RAW = 4;
    static final int BREAKPOINT = 5;

    /** Counted by the kernel itself: there on every machine, never multiplexed, readable by a system call only. */
    public boolean isSoftware() {
        return type == SOFTWARE;
    }

    /** Counted by the processor that runs the thread, asked for by a number that any such processor understands. */
    boolean isOfProcessor() {
        return type == HARDWARE || type == CACHE || type == RAW;
    }
}
