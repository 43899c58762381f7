package io.vperf.shim;

import java.nio.ByteBuffer;

/** What {@code perf_event_open} is asked for to count an event by groups: {@code struct perf_event_attr}. */
final class CounterAttributes {

    /** PERF_ATTR_SIZE_VER1, with config2; since Linux 2.6.33. */
    private static final int BYTES = 72;

    private static final int TYPE = 0;
    private static final int SIZE = 4;
    private static final int CONFIG = 8;
    private static final int READ_FORMAT = 32;
    private static final int FLAGS = 40;
    private static final int CONFIG1 = 56;
    private static final int CONFIG2 = 64;

    /** PERF_FORMAT_TOTAL_TIME_ENABLED, TOTAL_TIME_RUNNING, ID, GROUP. */
    private static final long TIMES_ID_AND_GROUP = 15;

    private static final long DISABLED = 1;
    private static final long EXCLUDE_USER = 1 << 4;
    private static final long EXCLUDE_KERNEL = 1 << 5;
    private static final long EXCLUDE_HYPERVISOR = 1 << 6;

    private CounterAttributes() {}

    /**
     * Not inherited by new threads. The kernel only reads it: one serves all threads.
     *
     * @param leads whether the event is its group's first. It then waits to be enabled, and the group with it: a clock that
     *     joins a group which counts already stands still until the thread is next switched in (seen on Linux 6.18)
     * @param moreConfig1 bits to set in config1
     */
    static NativeMemory of(Natives natives, PerfEvent event, boolean leads, long moreConfig1) {
        NativeMemory attributes = natives.allocate(BYTES);
        ByteBuffer fields = attributes.buffer();
        fields.putInt(TYPE, event.type());
        fields.putInt(SIZE, BYTES);
        fields.putLong(CONFIG, event.config());
        fields.putLong(READ_FORMAT, TIMES_ID_AND_GROUP);
        fields.putLong(FLAGS, exclusions(event) | (leads ? DISABLED : 0));
        fields.putLong(CONFIG1, event.config1() | moreConfig1);
        fields.putLong(CONFIG2, event.config2());
        return attributes;
    }

    /** None for :ku, since PMUs that cannot tell the sides apart (msr) refuse an event with any. */
    private static long exclusions(PerfEvent event) {
        return (event.user() ? 0 : EXCLUDE_USER) | (event.kernel() ? 0 : EXCLUDE_KERNEL | EXCLUDE_HYPERVISOR);
    }
}
