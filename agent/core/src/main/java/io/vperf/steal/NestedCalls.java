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

    /** Per depth: wall, CPU, stolen, bound of the finished long calls there, and when the first of them began. */
    private static final int STRIDE = 5;

    private final Map<Long, long[]> byThread = new HashMap<>();

    /** The sums for the direct callees of a call, or null if there were none; forgets them. */
    long @Nullable [] takeCalleesOf(LongCall call) {
        long[] sums = byThread.get(call.thread());
        int at = (call.depth() + 1) * STRIDE;
        if (sums == null || at >= sums.length) {
            return null;
        }
        long[] taken = Arrays.copyOfRange(sums, at, at + STRIDE);
        // Deeper ones belong to callees that never arrived.
        Arrays.fill(sums, at, sums.length, 0);
        if (call.depth() == 0) {
            byThread.remove(call.thread());
        }
        // Some belong to an earlier caller that never arrived: better none than somebody else's.
        return taken[0] == 0 || taken[4] - call.entryNs() < 0 ? null : taken;
    }

    void add(LongCall call, long stolenNs, long boundNs) {
        boolean nothingKnown = call.cpuNs() == ThreadClock.UNKNOWN && stolenNs == 0;
        if (call.depth() == 0 || nothingKnown) {
            return; // nobody asks for it; virtual threads, which nobody forgets, leave nothing behind here
        }
        int at = call.depth() * STRIDE;
        long[] sums = byThread.getOrDefault(call.thread(), new long[0]);
        if (at + STRIDE > sums.length) {
            sums = Arrays.copyOf(sums, (at + STRIDE) * 2);
            byThread.put(call.thread(), sums);
        }
        if (sums[at] == 0) {
            sums[at + 4] = call.entryNs();
        }
        sums[at] += call.wallNs();
        sums[at + 1] += call.cpuNs() == ThreadClock.UNKNOWN ? 0 : call.cpuNs();
        sums[at + 2] += stolenNs;
        sums[at + 3] += boundNs;
    }

    /** The thread has ended and all its calls have been judged. */
    void forget(long thread) {
        byThread.remove(thread);
    }

    int threads() {
        return byThread.size();
    }
}
