package io.vperf.shim;

import java.nio.ByteBuffer;
import java.util.List;

/** {@code struct vperf_counters} of {@code vperf_counters.h}, and behind it the words that a reading fills. */
final class CounterLayout {

    /** VPERF_GROUP_EVENTS. */
    static final int GROUP_EVENTS = 8;

    private static final int CLOCK_GETTIME = 0;
    private static final int SCHED_GETCPU = 8;
    private static final int GROUPS = 16;
    private static final int FIRST_GROUP = 24;

    private static final int FD = 0;
    private static final int EVENTS = 8;
    private static final int FIRST_EVENT = 16;
    private static final int PAGE = 0;
    private static final int SLOT = 8;
    private static final int EVENT_BYTES = 16;
    private static final int GROUP_BYTES = FIRST_EVENT + GROUP_EVENTS * EVENT_BYTES;

    /** There are never more groups than events. */
    private final int out;

    final int bytes;

    CounterLayout(int events) {
        out = FIRST_GROUP + events * GROUP_BYTES;
        bytes = out + CounterReading.words(events) * Long.BYTES;
    }

    /** Where the reading begins. */
    int out() {
        return out;
    }

    void write(ByteBuffer memory, CFunctions functions, List<CounterGroup> groups) {
        memory.putLong(CLOCK_GETTIME, functions.clockGettime());
        memory.putLong(SCHED_GETCPU, functions.schedGetcpu());
        memory.putLong(GROUPS, groups.size());
        for (int i = 0; i < groups.size(); i++) {
            write(memory, FIRST_GROUP + i * GROUP_BYTES, groups.get(i));
        }
    }

    private static void write(ByteBuffer memory, int at, CounterGroup group) {
        memory.putLong(at + FD, group.leader());
        memory.putLong(at + EVENTS, group.size());
        for (int i = 0; i < group.size(); i++) {
            int event = at + FIRST_EVENT + i * EVENT_BYTES;
            memory.putLong(event + PAGE, group.page(i));
            memory.putLong(event + SLOT, group.slot(i));
        }
    }
}
