package io.vperf.record;

import io.vperf.explain.OffCpu;
import io.vperf.steal.LongCall;
import org.jspecify.annotations.Nullable;

/** Room for so many finished calls, each a row of numbers. Used by one thread at a time; whoever owns it says which. */
final class CallRows {

    private static final int WORD = 0;
    private static final int THREAD = 1;
    private static final int DEPTH = 2;
    private static final int ENTRY = 3;
    private static final int EXIT = 4;
    private static final int CPU = 5;
    private static final int SELF = 6;
    private static final int VCPU_AT_ENTRY = 7;
    private static final int CALLEES = 8;
    private static final int WAITED = 9;
    private static final int RUN_DELAY = 10;
    private static final int CONTROL = 11;
    private static final int COUNTED_CALLEES = 12;
    private static final int SINCE = 13;

    /** Six values of {@link WaitsBefore#storeOffCpu}. */
    private static final int OFF_CPU = 14;

    private static final int STRIDE = 20;

    /** Of a row, its context aside. */
    static final int BYTES = STRIDE * Long.BYTES + Integer.BYTES;

    private static final OffCpu NEVER_OFF = new OffCpu(0, 0, 0, 0, false, 0);

    private final long[] numbers;
    private final @Nullable SlowContext[] contexts;

    CallRows(int capacity) {
        numbers = new long[capacity * STRIDE];
        contexts = new SlowContext[capacity];
    }

    /**
     * Fills a row.
     *
     * @param word what holds at the call's end
     * @param f where it was until now
     * @param context null if the call is not to be kept whole
     */
    void put(int row, long word, Frame f, long exitNs, long cpuNs, long selfNs, @Nullable SlowContext context) {
        int at = row * STRIDE;
        long[] n = numbers;
        n[at + WORD] = word;
        n[at + THREAD] = f.thread.sequence;
        n[at + DEPTH] = f.depth;
        n[at + ENTRY] = f.entryNs;
        n[at + EXIT] = exitNs;
        n[at + CPU] = cpuNs;
        n[at + SELF] = selfNs;
        n[at + VCPU_AT_ENTRY] = CallWords.vcpu(f.word);
        n[at + CALLEES] = f.callees;
        n[at + WAITED] = WaitsBefore.waitedNs(f);
        n[at + RUN_DELAY] = WaitsBefore.runDelayNs(f);
        n[at + CONTROL] = f.controlNs;
        n[at + COUNTED_CALLEES] = f.countedCallees;
        WaitsBefore.storeOffCpu(f, n, at + OFF_CPU);
        contexts[row] = context;
    }

    /** Moves a row to another place, of this or of other rows. */
    void move(int row, CallRows to, int toRow) {
        System.arraycopy(numbers, row * STRIDE, to.numbers, toRow * STRIDE, STRIDE);
        SlowContext context = contexts[row];
        contexts[row] = null;
        to.contexts[toRow] = context;
    }

    private long number(int row, int which) {
        return numbers[row * STRIDE + which];
    }

    /** See {@link CallWords}. */
    long word(int row) {
        return number(row, WORD);
    }

    int methodId(int row) {
        return CallWords.methodId(word(row));
    }

    long entryNs(int row) {
        return number(row, ENTRY);
    }

    long wallNs(int row) {
        return number(row, EXIT) - number(row, ENTRY);
    }

    long cpuNs(int row) {
        return number(row, CPU);
    }

    long selfNs(int row) {
        return number(row, SELF);
    }

    /** Measured calls it made directly. */
    long callees(int row) {
        return number(row, CALLEES);
    }

    /** See {@link Frame#controlNs}. */
    long controlNs(int row) {
        return number(row, CONTROL);
    }

    /** Calls it made directly that were only counted. */
    long countedCallees(int row) {
        return number(row, COUNTED_CALLEES);
    }

    /** When it began to wait, see {@link Patience}. */
    long sinceNs(int row) {
        return number(row, SINCE);
    }

    void setSinceNs(int row, long ns) {
        numbers[row * STRIDE + SINCE] = ns;
    }

    /** What its thread was off its CPU for. */
    OffCpu offCpu(int row) {
        long delayNs = number(row, OFF_CPU);
        long unaskedNs = number(row, OFF_CPU + 1);
        long monitorNs = number(row, OFF_CPU + 2);
        long waitingNs = number(row, OFF_CPU + 3);
        long blocked = number(row, OFF_CPU + 4);
        long unmountedNs = number(row, OFF_CPU + 5);
        return (delayNs | unaskedNs | monitorNs | waitingNs | blocked | unmountedNs) == 0
                ? NEVER_OFF
                : new OffCpu(delayNs, unaskedNs, monitorNs, waitingNs, blocked != 0, unmountedNs);
    }

    /** What its own thread knew of it; null if it is not to be kept whole. Given once. */
    @Nullable
    SlowContext takeContext(int row) {
        SlowContext context = contexts[row];
        contexts[row] = null;
        return context;
    }

    /**
     * As the steal side knows it.
     *
     * @param rare see {@link LongCall}
     */
    LongCall call(int row, boolean rare) {
        return new LongCall(
                number(row, THREAD),
                methodId(row),
                rare,
                (int) number(row, DEPTH),
                number(row, ENTRY),
                number(row, EXIT),
                number(row, CPU),
                (int) number(row, VCPU_AT_ENTRY),
                CallWords.vcpu(word(row)),
                number(row, WAITED),
                number(row, RUN_DELAY));
    }
}
