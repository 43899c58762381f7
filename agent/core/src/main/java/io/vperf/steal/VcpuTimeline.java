package io.vperf.steal;

/**
 * The steal counter of one vCPU over time: samples, and between two samples a window with what was booked in it and how
 * much of that has been attributed to calls. A sample that shows nothing new ends no window: a vCPU counts its steal only
 * when it runs again, and that steal belongs to the whole stretch since its last update. Old windows are merged in pairs,
 * never forgotten, so a call of any length finds its beginning; memory is fixed.
 *
 * <p>A window may hold steal from before it began: its first sample may have been taken while the vCPU was stolen, after a
 * tick that ended the window before ({@code account_process_tick}, kernel/sched/cputime.c, books all steal since the tick
 * before). {@link #stolenFromNs} says how far back.
 */
final class VcpuTimeline {

    /** One tick of /proc/stat: USER_HZ is 100 on every architecture vperf runs on (include/asm-generic/param.h). */
    static final long TICK_NS = 10_000_000;

    /** 21 kB per vCPU; the last 25 s are kept at full resolution at ten samples a second, 5 s at fifty. Even. */
    private static final int CAPACITY = 512;

    /** A rate is told from so much time. */
    private static final long RATE_NS = 1_000_000_000;

    /** Five columns, each cut to a whole tick, and the tick by which the kernel samples who is busy. */
    private static final int BUSY_SLACK_TICKS = 6;

    /** A window shorter than this tells nothing by the columns' sum, which is off by a tick for each of them. */
    private static final long STUCK_NS = 1_000_000_000;

    // Index i: sample i, and the window that ends with it.
    private final long[] timeNs = new long[CAPACITY];
    private final int[] latenessNs = new int[CAPACITY];
    private final long[] fromNs = new long[CAPACITY];
    private final int[] stolenTicks = new int[CAPACITY];
    private final int[] busyTicks = new int[CAPACITY];
    private final int[] irqTicks = new int[CAPACITY];
    private final long[] attributedNs = new long[CAPACITY];
    private final boolean[] tainted = new boolean[CAPACITY];
    private int samples;

    private long lastStealTicks;
    private long lastBusyTicks;
    private long lastIrqTicks;
    private long lastTotalTicks;
    private long lastSampleNs;
    private boolean absent;
    private long coveredUntilNs = Long.MIN_VALUE;

    /** All steal from before this is in the counter by now. */
    private long bookedUntilNs;

    private long totalStolenNs;
    private long totalAttributedNs;

    /** What has been attributed before it was counted; a tick at most. */
    private long owedNs;

    /** Adds a sample that took no time and holds no interrupts; see the other one. */
    boolean add(long nowNs, long stealTicks, long busyTicks, long totalTicks) {
        return add(nowNs, nowNs, stealTicks, busyTicks, 0, totalTicks);
    }

    /**
     * Adds a sample of the counters. One that is older than the last, or not younger than the last window's end, ends no
     * window: the next one will show what it showed.
     *
     * @param beforeNs when the reading began
     * @param afterNs when it was over; not before that
     * @param stealTicks the 8th column of /proc/stat
     * @param busyTicks user, nice, system, irq and softirq together
     * @param irqTicks irq and softirq together
     * @param totalTicks all columns together
     * @return false if this sample ends a window that cannot be trusted; it is tainted
     */
    boolean add(long beforeNs, long afterNs, long stealTicks, long busyTicks, long irqTicks, long totalTicks) {
        boolean trusted = true;
        if (samples == 0) {
            timeNs[0] = beforeNs;
            latenessNs[0] = (int) Math.min(Integer.MAX_VALUE, afterNs - beforeNs);
            samples = 1;
            bookedUntilNs = beforeNs;
        } else if (beforeNs < lastSampleNs || beforeNs == timeNs[samples - 1]) {
            return true;
        } else if (absent
                || stealTicks != lastStealTicks
                || busyTicks != lastBusyTicks
                || totalTicks != lastTotalTicks) {
            trusted = addWindow(beforeNs, afterNs, stealTicks, busyTicks, irqTicks, totalTicks);
        }
        lastSampleNs = beforeNs;
        absent = false;
        lastStealTicks = stealTicks;
        lastBusyTicks = busyTicks;
        lastIrqTicks = irqTicks;
        lastTotalTicks = totalTicks;
        return trusted;
    }

    private boolean addWindow(
            long beforeNs, long afterNs, long stealTicks, long busyTicks, long irqTicks, long totalTicks) {
        long steal = stealTicks - lastStealTicks;
        long busy = busyTicks - lastBusyTicks;
        long irq = irqTicks - lastIrqTicks;
        long total = totalTicks - lastTotalTicks;
        boolean trusted = !absent
                && isPossible(steal, busy, irq, afterNs - bookedUntilNs)
                && !isStuck(total, beforeNs - timeNs[samples - 1]);
        if (samples == CAPACITY) {
            mergeOlderHalf();
        }
        int at = samples++;
        timeNs[at] = beforeNs;
        latenessNs[at] = (int) Math.min(Integer.MAX_VALUE, afterNs - beforeNs);
        fromNs[at] = trusted ? Math.min(bookedUntilNs, timeNs[at - 1]) : timeNs[at - 1];
        this.stolenTicks[at] = trusted ? (int) steal : 0;
        this.busyTicks[at] = trusted ? (int) busy : 0;
        this.irqTicks[at] = trusted ? (int) irq : 0;
        tainted[at] = !trusted;
        totalStolenNs += stolenNs(at);
        attributedNs[at] = Math.min(owedNs, stolenNs(at));
        owedNs -= attributedNs[at];
        totalAttributedNs += attributedNs[at];
        if (total > 0) {
            // Something was counted after the previous sample: what ended before that one is up to date by now.
            coveredUntilNs = lastSampleNs;
        }
        if (steal > 0 || busy > 0) {
            // A tick, which books steal first. The idle column alone proves none: it counts up by itself.
            bookedUntilNs = lastSampleNs;
        }
        return trusted;
    }

    /** A counter that stands n ticks higher grew by more than n - 1 of them; more than elapsed is no counting. */
    private static boolean isPossible(long steal, long busy, long irq, long elapsedNs) {
        // Not their nanoseconds: what an underflow in the kernel shows, 2^64 ns, is -10 ms in a long.
        long elapsedTicks = Math.floorDiv(elapsedNs, TICK_NS);
        return steal >= 0
                && busy >= 0
                && irq >= 0
                && steal - 1 <= elapsedTicks
                && busy - BUSY_SLACK_TICKS <= elapsedTicks;
    }

    /** Most of the time went where no column shows it: the columns stood still, or the whole machine did. */
    private static boolean isStuck(long totalTicks, long lengthNs) {
        return lengthNs >= STUCK_NS && totalTicks < lengthNs / 4 / TICK_NS;
    }

    /** The vCPU is missing from this sample: it was taken offline. */
    void absent() {
        absent = samples > 0;
    }

    /** Calls that ended up to here can be corrected. */
    long coveredUntilNs() {
        return coveredUntilNs;
    }

    /** The window that contains {@code atNs}, or the first one; {@link #end()} if there is none yet. */
    int windowAt(long atNs) {
        int low = 1;
        int high = samples;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timeNs[middle] > atNs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** One past the last window. */
    int end() {
        return samples;
    }

    /** When the newest window ended, or the first sample was taken; 0 before that. */
    long newestNs() {
        return samples == 0 ? 0 : timeNs[samples - 1];
    }

    long startNs(int window) {
        return timeNs[window - 1];
    }

    long endNs(int window) {
        return timeNs[window];
    }

    long stolenNs(int window) {
        return stolenTicks[window] * TICK_NS;
    }

    /** Before this nothing of {@link #stolenNs} was stolen; not after the window's start. */
    long stolenFromNs(int window) {
        return fromNs[window];
    }

    /** User, nice and system time, and {@link #irqNs}. */
    long busyNs(int window) {
        return busyTicks[window] * TICK_NS;
    }

    /**
     * Time in interrupts. With CONFIG_IRQ_TIME_ACCOUNTING it is counted in nanoseconds and in no thread's CPU time, like
     * steal; without, what a tick happened to interrupt.
     */
    long irqNs(int window) {
        return irqTicks[window] * TICK_NS;
    }

    /** By how much later than the window's start and end, both together, its counters may have been read. */
    long latenessNs(int window) {
        return (long) latenessNs[window - 1] + latenessNs[window];
    }

    boolean isTainted(int window) {
        return tainted[window];
    }

    /** What was stolen in this window and no call has been given yet. */
    long remainingNs(int window) {
        return stolenNs(window) - attributedNs[window];
    }

    void attribute(int window, long ns) {
        attributedNs[window] += ns;
        totalAttributedNs += ns;
    }

    /**
     * What may be attributed before it is counted: the counter shows whole ticks, so up to one may not show yet. Nothing as
     * long as it has never shown any.
     */
    long creditNs() {
        return totalStolenNs > 0 ? TICK_NS - owedNs : 0;
    }

    void giveOnCredit(long ns) {
        owedNs += ns;
    }

    /** The most that can have been stolen, ticks at the ends aside. */
    long mostNs(int window) {
        return tainted[window] ? endNs(window) - startNs(window) : stolenNs(window);
    }

    /** The part of the last second, or of what is known of it, that went to interrupts. */
    double irqShareBefore(long atNs) {
        long irqNs = 0;
        long ns = 0;
        for (int w = Math.min(samples - 1, windowAt(atNs)); w > 0 && ns < RATE_NS; w--) {
            irqNs += irqNs(w);
            ns += endNs(w) - startNs(w);
        }
        return ns == 0 ? 0 : (double) irqNs / ns;
    }

    /** Since the first sample, trusted windows only. */
    long totalStolenNs() {
        return totalStolenNs;
    }

    long totalAttributedNs() {
        return totalAttributedNs;
    }

    /** What has been attributed besides, and is not in {@link #totalStolenNs} yet; a tick at most. */
    long onCreditNs() {
        return owedNs;
    }

    /** The most that can have been stolen after {@code fromNs}, by what the counter showed and its resolution. */
    long mostStolenSinceNs(long fromNs) {
        long sumNs = TICK_NS;
        for (int w = windowAt(fromNs); w < samples; w++) {
            sumNs += mostNs(w);
        }
        return sumNs;
    }

    /** Whether the counter did not move after {@code fromNs}, nor misbehave. */
    boolean noneStolenSince(long fromNs) {
        for (int w = windowAt(fromNs); w < samples; w++) {
            if (tainted[w] || stolenTicks[w] > 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the counter did not move in windows that touch a stretch of time, nor misbehave. */
    boolean noneStolenBetween(long fromNs, long toNs) {
        for (int w = windowAt(fromNs); w < samples && fromNs(w) < toNs; w++) {
            if (tainted[w] || stolenTicks[w] > 0) {
                return false;
            }
        }
        return true;
    }

    /** Of what a window shows nothing was before this. */
    private long fromNs(int window) {
        return Math.min(fromNs[window], timeNs[window - 1]);
    }

    private void mergeOlderHalf() {
        int to = 1;
        int half = CAPACITY / 2;
        for (int from = 1; from + 1 < half; from += 2) {
            timeNs[to] = timeNs[from + 1];
            latenessNs[to] = latenessNs[from + 1];
            fromNs[to] = Math.min(fromNs[from], fromNs[from + 1]);
            stolenTicks[to] = stolenTicks[from] + stolenTicks[from + 1];
            busyTicks[to] = busyTicks[from] + busyTicks[from + 1];
            irqTicks[to] = irqTicks[from] + irqTicks[from + 1];
            attributedNs[to] = attributedNs[from] + attributedNs[from + 1];
            tainted[to] = tainted[from] || tainted[from + 1];
            to++;
        }
        int next = half - 1;
        int kept = CAPACITY - next;
        for (Object array :
                new Object[] {timeNs, latenessNs, fromNs, stolenTicks, busyTicks, irqTicks, attributedNs, tainted}) {
            System.arraycopy(array, next, array, to, kept);
        }
        samples = to + kept;
    }
}
