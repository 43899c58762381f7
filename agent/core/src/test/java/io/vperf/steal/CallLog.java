package io.vperf.steal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The long calls of a run: what was seen of each, what is true of it, and what it was judged. */
final class CallLog {

    /** Not judged: it entered with its raw time. */
    static final long NOT_JUDGED = -1;

    private static final int STRIDE = 10;

    private long[] words = new long[1024 * STRIDE];
    private int calls;
    private final Map<Long, Deque<Integer>> unjudged = new HashMap<>();

    /**
     * Adds a call, before it can be judged.
     *
     * @param naiveNs what its vCPU's counter grew by meanwhile
     */
    void add(
            long thread,
            int method,
            boolean outermost,
            long entryNs,
            long exitNs,
            long cpuNs,
            int vcpuAtEntry,
            int vcpuAtExit,
            long stolenNs,
            long naiveNs) {
        int at = calls * STRIDE;
        if (at == words.length) {
            words = Arrays.copyOf(words, at * 2);
        }
        words[at] = method * 2L + (outermost ? 1 : 0);
        words[at + 1] = entryNs;
        words[at + 2] = exitNs;
        words[at + 3] = cpuNs;
        words[at + 4] = vcpuAtEntry;
        words[at + 5] = vcpuAtExit;
        words[at + 6] = stolenNs;
        words[at + 7] = naiveNs;
        words[at + 8] = NOT_JUDGED;
        unjudged.computeIfAbsent(thread, key -> new ArrayDeque<>()).add(calls);
        calls++;
    }

    /** The call was judged; those of its thread that ended before and were not will not be. */
    int judged(LongCall call, Verdict verdict) {
        Deque<Integer> waiting = unjudged.getOrDefault(call.thread(), new ArrayDeque<>());
        while (!waiting.isEmpty()) {
            int index = waiting.remove();
            int at = index * STRIDE;
            if (words[at + 1] == call.entryNs() && words[at + 2] == call.exitNs()) {
                words[at + 8] = verdict.kind() == Verdict.Kind.CORRECTED ? verdict.stolenNs() : NOT_JUDGED;
                words[at + 9] = verdict.boundNs();
                return index;
            }
        }
        throw new IllegalStateException("never was: " + call);
    }

    int size() {
        return calls;
    }

    int method(int index) {
        return (int) (words[index * STRIDE] >> 1);
    }

    boolean outermost(int index) {
        return (words[index * STRIDE] & 1) != 0;
    }

    long entryNs(int index) {
        return words[index * STRIDE + 1];
    }

    long exitNs(int index) {
        return words[index * STRIDE + 2];
    }

    long wallNs(int index) {
        return exitNs(index) - entryNs(index);
    }

    long cpuNs(int index) {
        return words[index * STRIDE + 3];
    }

    int vcpuAtEntry(int index) {
        return (int) words[index * STRIDE + 4];
    }

    int vcpuAtExit(int index) {
        return (int) words[index * STRIDE + 5];
    }

    long trulyStolenNs(int index) {
        return words[index * STRIDE + 6];
    }

    long naiveNs(int index) {
        return words[index * STRIDE + 7];
    }

    /** Or {@link #NOT_JUDGED}. */
    long judgedNs(int index) {
        return words[index * STRIDE + 8];
    }

    long boundNs(int index) {
        return words[index * STRIDE + 9];
    }
}
