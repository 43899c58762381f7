package io.vperf.shim;

import java.nio.ByteBuffer;

/** What {@code perf_event_open} is asked for: {@code struct perf_event_attr} of {@code linux/perf_event.h}. */
final class PerfAttributes {

    /** PERF_ATTR_SIZE_VER0, the part every kernel knows. */
    private static final int BYTES = 64;

    private static final int TYPE = 0;
    private static final int SIZE = 4;
    private static final int CONFIG = 8;
    private static final int FLAGS = 40;

    private static final int PERF_TYPE_SOFTWARE = 1;
    private static final long PERF_COUNT_SW_TASK_CLOCK = 1;

    /** Since Linux 3.12. Never counts, so nothing but the thread's own switches costs more. */
    private static final long PERF_COUNT_SW_DUMMY = 9;

    private static final long EXCLUDE_KERNEL = 1 << 5;
    private static final long EXCLUDE_HYPERVISOR = 1 << 6;

    private PerfAttributes() {}

    /** Enabled from the start, not inherited by new threads. The kernel only reads it: one serves all threads. */
    static NativeMemory dummy(Natives natives) {
        return software(natives, PERF_COUNT_SW_DUMMY);
    }

    /** For how long the thread has been switched in; as {@link #dummy}. */
    static NativeMemory taskClock(Natives natives) {
        return software(natives, PERF_COUNT_SW_TASK_CLOCK);
    }

    private static NativeMemory software(Natives natives, long event) {
        NativeMemory attributes = natives.allocate(BYTES);
        ByteBuffer fields = attributes.buffer();
        fields.putInt(TYPE, PERF_TYPE_SOFTWARE);
        fields.putInt(SIZE, BYTES);
        fields.putLong(CONFIG, event);
        fields.putLong(FLAGS, EXCLUDE_KERNEL | EXCLUDE_HYPERVISOR);
        return attributes;
    }
}
