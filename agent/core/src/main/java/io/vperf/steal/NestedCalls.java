package io.vperf.steal;

import io.vperf.clock.ThreadClock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the long calls made from within a call have been given, until that call itself is judged. Nested calls share their
 * time; steal is attributed once, to the innermost call it can be told for, and each caller adds up its callees'.
 *
 * <p>Calls of a thread arrive in the order of their ends, so all callees of a call at depth d, being at d + 1, come before
 * it; a sum per depth is enough.
 */
final class NestedCalls {

    /** Per depth: wall, CPU, stolen, least, most of the finished long calls there, and when the first of them began. */
    private static final int STRIDE = 6;

    private static final class Sums {

        long[] values = new long[0];

        /** All values from here on are 0: so that calls thousands deep need not be wiped by each of their callers. */
        int end;
    }

    private final Map<Long, Sums> byThread = new HashMap<>();

    /** The sums for the direct callees of a call, or null if there were none; forgets them. */
    long @Nullable [] takeCalleesOf(LongCall call) {
        Sums sums = byThread.get(call.thread());
        int at = (call.depth() + 1) * STRIDE;
        if (sums == null || at >= sums.end) {
            return null;
        }
        long[] taken = Arrays.copyOfRange(sums.values, at, at + STRIDE);
        // Deeper ones belong to callees that never arrived.
        Arrays.fill(sums.values, at, sums.end, 0);
        sums.end = at;
        if (call.depth() == 0) {
            byThread.remove(call.thread());
        }
        // Some belong to an earlier caller that never arrived: better none than somebody else's.
        return taken[0] == 0 || taken[5] - call.entryNs() < 0 ? null : taken;
    }

    void add(LongCall call, long stolenNs, long leastNs, long mostNs) {
        boolean nothingKnown = call.cpuNs() == ThreadClock.UNKNOWN && stolenNs == 0;
        if (call.depth() == 0 || nothingKnown) {
            return; // nobody asks for it; virtual threads, which nobody forgets, leave nothing behind here
        }
        int at = call.depth() * STRIDE;
        Sums sums = byThread.computeIfAbsent(call.thread(), thread -> new Sums());
        if (at + STRIDE > sums.values.length) {
            sums.values = Arrays.copyOf(sums.values, (at + STRIDE) * 2);
        }
        sums.end = Math.max(sums.end, at + STRIDE);
        long[] values = sums.values;
        if (values[at] == 0) {
            values[at + 5] = call.entryNs();
        }
        values[at] += call.wallNs();
        values[at + 1] += call.cpuNs() == ThreadClock.UNKNOWN ? 0 : call.cpuNs();
        values[at + 2] += stolenNs;
        values[at + 3] += leastNs;
        values[at + 4] += mostNs;
    }

    /** The thread has ended and all its calls have been judged. */
    void forget(long thread) {
        byThread.remove(thread);
    }

    int threads() {
        return byThread.size();
    }
}
