package io.vperf.record;

import io.vperf.bootstrap.Probe;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends regions: numbers for their names, and tokens for open ones. A region's exit is the application's to call: it may come
 * twice, on another thread, too late or never, so its frame must be known again for certain.
 *
 * <p>A token holds the frame's depth (bits 0–15) and a stamp (bits 16–62): the frame's entry time, mixed with the
 * thread's number. Two frames share a depth and a stamp only if they were entered in the same nanosecond, or 39 hours apart.
 */
final class Regions {

    /**
     * No region begins deeper. Regions that are never closed pile up where no measured call is around them; this leaves
     * methods the rest of {@link ThreadFrames#MAX_DEPTH}.
     */
    static final int MAX_DEPTH = 1 << 13;

    /** Of a name, how many characters count: names are the application's, and are kept. */
    static final int NAME_CHARS = 200;

    private static final String PREFIX = "region:";

    private static final String UNNAMED = "a region was begun without a name (null or empty) and is not measured:"
            + " name it in Region.begin (told once; regionsUnnamed counts them)";

    private static final int DEPTH_BITS = 16;
    private static final long DEPTH_MASK = (1L << DEPTH_BITS) - 1;
    private static final long STAMP_MASK = (1L << 47) - 1;
    private static final int THREAD_SHIFT = 32;

    private final MethodTable methods;
    private final Health health;
    private final int mostNames;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();

    /** Once set, a name that is not known costs a look-up: whoever makes names up finds no lock to wait for. */
    private volatile boolean full;

    Regions(MethodTable methods, Health health) {
        this.methods = methods;
        this.health = health;
        this.mostNames = methods.limit() / 2;
    }

    /** The number for a region's name, or {@link MethodTable#FULL} where there is none; that is counted. */
    int id(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            health.count(Trouble.REGIONS_UNNAMED);
            health.tellLater(UNNAMED);
            return MethodTable.FULL;
        }
        String key = name.length() <= NAME_CHARS ? name : name.substring(0, NAME_CHARS);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = full ? MethodTable.FULL : register(key);
        if (id == MethodTable.FULL) {
            health.count(Trouble.REGIONS_LEFT_OUT);
        }
        return id;
    }

    private synchronized int register(String key) {
        StackRoom.ensure();
        Integer meanwhile = ids.get(key);
        if (meanwhile != null) {
            return meanwhile;
        }
        int id = ids.size() < mostNames ? methods.register(PREFIX + ReportedName.oneLine(key)) : MethodTable.FULL;
        if (id == MethodTable.FULL) {
            full = true;
        } else {
            ids.put(key, id);
        }
        return id;
    }

    /**
     * Begins a region.
     *
     * @return its token, or {@link Probe#NOT_MEASURED}
     */
    long enter(CallRecorder recorder, ThreadFrames t, int id, long flags) {
        if (t.depth() >= MAX_DEPTH) {
            health.count(Trouble.TOO_DEEP);
            return Probe.NOT_MEASURED;
        }
        Frame begun = recorder.enter(t, id, CallWords.REGION | flags);
        try {
            return begun == null ? Probe.NOT_MEASURED : token(begun);
        } catch (Throwable e) { // by stores: the stack is full
            t.leftOpen = begun;
            t.ready = 0;
            throw e;
        }
    }

    /**
     * Ends a region, if it is open.
     *
     * @param exitNs wall time, unless the region has counters, which are read with it
     */
    void exit(CallRecorder recorder, ThreadFrames t, long exitNs, long token) {
        Frame open = open(t, token);
        if (open == null) {
            health.count(Trouble.REGIONS_MISPLACED);
            return;
        }
        try {
            recorder.end(open, open.is(CallWords.COUNTED) ? recorder.countedExitNs(open) : exitNs, false);
        } catch (Throwable e) {
            t.leftOpen = open;
            t.ready = 0;
            throw e;
        }
    }

    /** Not negative. */
    private static long token(Frame f) {
        return (stamp(f) << DEPTH_BITS) | f.depth;
    }

    private static long stamp(Frame f) {
        return (f.entryNs ^ (f.thread.sequence << THREAD_SHIFT)) & STAMP_MASK;
    }

    /**
     * The token's region, if it is open on this thread with nothing above it but other regions, or constructors that may have
     * ended unseen; or null. Below a method that still runs no frame may go.
     */
    private static @Nullable Frame open(ThreadFrames t, long token) {
        int depth = (int) (token & DEPTH_MASK);
        if (depth >= t.depth() || !t.at(depth).is(CallWords.REGION) || stamp(t.at(depth)) != token >>> DEPTH_BITS) {
            return null;
        }
        for (int above = depth + 1; above < t.depth(); above++) {
            if (!t.at(above).is(CallWords.REGION | CallWords.PROVISIONAL)) {
                return null;
            }
        }
        return t.at(depth);
    }
}
