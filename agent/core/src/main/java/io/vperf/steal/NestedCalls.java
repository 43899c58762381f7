package io.vperf.steal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of the long calls made from within a call, added up until that call itself comes. Nested calls share
 * their time; steal is attributed once, to the innermost call it can be told for, and each caller adds up its callees'.
 *
 * <p>Calls of a thread arrive in the order of their ends, so all callees of a call at depth d, being at d + 1, come before
 * it; a sum per depth is enough.
 */
public final class NestedCalls {

    /** How many sums there are. */
    private final int values;

    /** Those, and when the first call began; per depth. */
    private final int stride;

    private static final class Sums {

        long[] values = new long[0];

        /** From here on there is nothing: so that calls thousands deep need not be wiped by each of their callers. */
        int end;
    }

    private final Map<Long, Sums> byThread = new HashMap<>();

    /**
     * @param values how many are added up for each call
     */
    public NestedCalls(int values) {
        this.values = values;
        this.stride = values + 2;
    }

    /**
     * The sums for the callees of a call, or null if there were none; forgets them. Those further down are among them where the
     * calls in between never arrived, as when they found no room to wait.
     */
    public long @Nullable [] takeCalleesOf(LongCall call) {
        Sums sums = byThread.get(call.thread());
        int from = (call.depth() + 1) * stride;
        if (sums == null || from >= sums.end) {
            return null;
        }
        long[] taken = null;
        for (int at = from; at < sums.end; at += stride) {
            // Some belong to an earlier caller that never arrived: better none than somebody else's.
            if (sums.values[at] != 0 && sums.values[at + 1] - call.entryNs() >= 0) {
                taken = taken == null ? new long[values] : taken;
                for (int i = 0; i < values; i++) {
                    taken[i] += sums.values[at + 2 + i];
                }
            }
        }
        Arrays.fill(sums.values, from, sums.end, 0);
        sums.end = from;
        if (call.depth() == 0) {
            byThread.remove(call.thread());
        }
        return taken;
    }

    /**
     * Adds to what the call's caller will be told. Of an outermost call nobody asks, and zeros change nothing: so virtual
     * threads, whose ends nobody tells, leave nothing behind here.
     */
    public void add(LongCall call, long... of) {
        if (call.depth() == 0 || Arrays.stream(of).allMatch(value -> value == 0)) {
            return;
        }
        int at = call.depth() * stride;
        Sums sums = byThread.computeIfAbsent(call.thread(), thread -> new Sums());
        if (at + stride > sums.values.length) {
            sums.values = Arrays.copyOf(sums.values, (at + stride) * 2);
        }
        sums.end = Math.max(sums.end, at + stride);
        long[] into = sums.values;
        if (into[at] == 0) {
            into[at] = 1;
            into[at + 1] = call.entryNs();
        }
        for (int i = 0; i < values; i++) {
            into[at + 2 + i] += of[i];
        }
    }

    /** The thread has ended and all its calls have come. */
    public void forget(long thread) {
        byThread.remove(thread);
    }

    int threads() {
        return byThread.size();
    }
}
