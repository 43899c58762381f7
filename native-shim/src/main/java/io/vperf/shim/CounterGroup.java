package io.vperf.shim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Events that one native thread has opened together. Opened by that thread, closed by any. */
final class CounterGroup {

    /** What opening takes, the same for all threads. */
    record Means(PerfCalls calls, Descriptors descriptors, PerfRefusal refusal, List<CounterEvent> events) {}

    /** Where a page says whether user space may read the counter, and which it is. */
    private static final int PAGE_INDEX = 12;

    private static final int PAGE_CAPABILITIES = 40;
    private static final int CAP_USER_RDPMC = 1 << 2;

    /** A group's answer to read(): how many events, the two times, and of each event its value and id. */
    private static final int ANSWER_RUNNING = 16;

    private static final int ANSWER_HEADER = 24;
    private static final int ANSWER_EVENT = 16;

    private static final int CLOSED = -1;

    private static final class Opened {
        final int slot;
        int fd;
        long page;

        Opened(int slot, int fd) {
            this.slot = slot;
            this.fd = fd;
        }
    }

    private final Means means;
    private final List<Opened> events = new ArrayList<>();

    private CounterGroup(Means means) {
        this.means = means;
    }

    /**
     * Opens the group and lets it count.
     *
     * @param slots which of the events
     * @param first whether the thread has no other group of hardware events yet, which would be on the processor
     * @param userSpace whether they shall be read in user space where that can be
     * @param scratch memory for the time of the call
     * @throws NotOpenedException and nothing is left of it
     */
    static CounterGroup open(Means means, List<Integer> slots, boolean first, boolean userSpace, NativeMemory scratch)
            throws NotOpenedException {
        CounterGroup group = new CounterGroup(means);
        boolean complete = false;
        try {
            for (int slot : slots) {
                group.add(slot);
            }
            if (userSpace && !means.events.get(slots.get(0)).event.isSoftware()) {
                group.map();
            }
            boolean counts = group.start(scratch);
            // A group that the PMU takes may find a counter taken by others (x86's NMI watchdog), and then never
            // counts.
            if (first && !counts && slots.size() > 1) {
                throw new NotOpenedException(
                        slots.size() - 1,
                        Capability.unavailable(slots.size() + " events are never counted at the same time", ""));
            }
            group.keepPagesThatCanBeRead(counts);
            complete = true;
            return group;
        } finally {
            if (!complete) {
                group.close();
            }
        }
    }

    private void add(int slot) throws NotOpenedException {
        if (!means.descriptors.take()) {
            throw new NotOpenedException(
                    0, Capability.unavailable(HeldDescriptor.Pool.NONE_LEFT, HeldDescriptor.Pool.REMEDY));
        }
        CounterEvent event = means.events.get(slot);
        int fd = event.open(means.calls, events.isEmpty() ? PerfCalls.NO_GROUP : leader());
        if (fd < 0) {
            means.descriptors.giveBack();
            // A group that the PMU has not enough counters for; alone the event may be fine.
            int fewer = fd == -Errno.EINVAL && !event.event.isSoftware() ? events.size() : 0;
            throw new NotOpenedException(fewer, means.refusal.ofCounter(event.event, -fd));
        }
        events.add(new Opened(slot, fd));
    }

    private void map() {
        for (Opened event : events) {
            long page = means.calls.map(event.fd);
            if (page < 0) { // most often RLIMIT_MEMLOCK; read() needs none
                unmap();
                return;
            }
            event.page = page;
        }
    }

    /** Whether the group is on the processor already. */
    private boolean start(NativeMemory scratch) throws NotOpenedException {
        PerfEvent first = means.events.get(events.get(0).slot).event;
        int enabled = means.calls.enable(leader());
        if (enabled < 0) {
            throw new NotOpenedException(0, means.refusal.ofCounter(first, -enabled));
        }
        long bytes = means.calls.read(leader(), scratch);
        if (bytes != ANSWER_HEADER + (long) ANSWER_EVENT * events.size()) {
            throw new NotOpenedException(
                    0, Capability.unavailable("read() of the counters of " + first.name() + " answers " + bytes, ""));
        }
        return scratch.buffer().getLong(ANSWER_RUNNING) > 0;
    }

    /** Index 0 is what the kernel gives where user space may not read, and where the event is not on the processor. */
    private void keepPagesThatCanBeRead(boolean counts) {
        for (Opened event : events) {
            if (event.page == 0 || !canBeRead(event.page, counts)) {
                unmap();
                return;
            }
        }
        for (Opened event : events.subList(1, events.size())) {
            closeDescriptor(event); // the mapping keeps the event, and nobody reads it by itself
        }
    }

    private static boolean canBeRead(long page, boolean counts) {
        ByteBuffer fields = NativeMemory.view(page, PerfPage.BYTES);
        return (fields.getLong(PAGE_CAPABILITIES) & CAP_USER_RDPMC) != 0 && (!counts || fields.getInt(PAGE_INDEX) != 0);
    }

    private void unmap() {
        for (Opened event : events) {
            if (event.page != 0) {
                means.calls.unmap(event.page);
                event.page = 0;
            }
        }
    }

    private void closeDescriptor(Opened event) {
        if (event.fd != CLOSED) {
            means.calls.close(event.fd);
            means.descriptors.giveBack();
            event.fd = CLOSED;
        }
    }

    /** Twice does no harm, but not at the same time. */
    void close() {
        unmap();
        events.forEach(this::closeDescriptor);
    }

    int size() {
        return events.size();
    }

    int leader() {
        return events.get(0).fd;
    }

    /** The address of an event's page, or 0 where read() has to tell. */
    long page(int event) {
        return events.get(event).page;
    }

    int slot(int event) {
        return events.get(event).slot;
    }
}
