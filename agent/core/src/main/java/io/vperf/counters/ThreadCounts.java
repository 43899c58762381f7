package io.vperf.counters;

import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.shim.CounterDelta;
import io.vperf.shim.CounterReading;
import io.vperf.shim.ThreadCounters;
import org.jspecify.annotations.Nullable;

/**
 * One thread's counters. A reading is that of its events, if it has any, then allocated bytes if those are wanted, and last
 * whether the events could be read.
 */
final class ThreadCounts implements CallCounters.ThreadReader {

    private static final int READ = 0;
    private static final int NOT_READ = 1;

    private final @Nullable ThreadCounters opened;
    private final int events;
    private final int eventWords;
    private final @Nullable AllocatedBytes allocated;
    private final @Nullable WallClock wall;
    private final Health health;

    /** They could not be read: never again, for the descriptor may be another's by now. */
    private boolean lost;

    /** What vperf itself has allocated on this thread in the midst of measured calls. */
    private long ownBytes;

    /**
     * @param opened null where this thread has no events, though the run has
     * @param wall null to take the wall time that comes with a reading of the events
     */
    ThreadCounts(
            @Nullable ThreadCounters opened,
            int events,
            @Nullable AllocatedBytes allocated,
            @Nullable WallClock wall,
            Health health) {
        this.opened = opened;
        this.events = events;
        this.eventWords = opened == null ? 0 : CounterReading.words(events);
        this.allocated = allocated;
        this.wall = wall;
        this.health = health;
    }

    @Override
    public int words() {
        return eventWords + 2;
    }

    @Override
    public long readAtEntry(long[] into) {
        if (allocated != null) {
            into[eventWords] = bytes(allocated);
        }
        boolean read = opened != null && !lost && keep(opened.readAtEntry(into, 0));
        into[eventWords + 1] = read ? READ : NOT_READ;
        return wall != null || !read ? now() : CounterReading.wallNs(into, 0);
    }

    @Override
    public long readAtExit(long[] into) {
        long nowNs = wall == null ? 0 : wall.nowNs();
        boolean read = opened != null && !lost && keep(opened.readAtExit(into, 0));
        into[eventWords + 1] = read ? READ : NOT_READ;
        if (allocated != null) {
            into[eventWords] = bytes(allocated);
        }
        if (wall != null) {
            return nowNs;
        }
        return read ? CounterReading.wallNs(into, 0) : now();
    }

    /** Whether a reading succeeded; if not, there is no other. */
    private boolean keep(int status) {
        if (status != 0) {
            lost = true;
            health.count(Trouble.COUNTERS_LOST);
        }
        return status == 0;
    }

    private long bytes(AllocatedBytes of) {
        long now = of.now();
        return now < 0 ? now : now - ownBytes;
    }

    @Override
    public void leaveOut(long[] last) {
        if (allocated != null && last[eventWords] >= 0) {
            ownBytes += Math.max(0, bytes(allocated) - last[eventWords]);
        }
    }

    private long now() {
        return wall == null ? System.nanoTime() : wall.nowNs();
    }

    @Override
    public long counts(long[] entry, long[] exit, long[] into, int at) {
        long estimates = countsAgain(entry, exit, into, at);
        if (!isRead(entry, exit) && events > 0) {
            health.count(Trouble.COUNTS_REFUSED);
        }
        int unknown = 0;
        for (int i = isRead(entry, exit) ? 0 : events; i < events + (allocated == null ? 0 : 1); i++) {
            unknown += into[at + i] == UNKNOWN ? 1 : 0;
        }
        if (unknown > 0) {
            health.count(Trouble.COUNTS_UNKNOWN, unknown);
        }
        return estimates;
    }

    private boolean isRead(long[] entry, long[] exit) {
        return entry[eventWords + 1] == READ && exit[eventWords + 1] == READ;
    }

    @Override
    public long countsAgain(long[] entry, long[] exit, long[] into, int at) {
        long estimates = 0;
        boolean read = isRead(entry, exit);
        for (int event = 0; event < events; event++) {
            long count = read ? CounterDelta.count(entry, 0, exit, 0, event) : UNKNOWN;
            if (count < 0) {
                count = UNKNOWN;
            } else if (CounterDelta.isScaled(entry, 0, exit, 0, event)) {
                estimates |= 1L << event;
            }
            into[at + event] = count;
        }
        if (allocated != null) {
            long bytes = entry[eventWords] < 0 || exit[eventWords] < 0 ? UNKNOWN : exit[eventWords] - entry[eventWords];
            into[at + events] = bytes < 0 ? UNKNOWN : bytes;
        }
        return estimates;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
