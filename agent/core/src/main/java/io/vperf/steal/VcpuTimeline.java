package io.vperf.steal;

/**
 * The steal counter of one vCPU over time: samples, and between two samples a window with what was stolen in it and how
 * much of that has been attributed to calls. A sample that shows nothing new ends no window: a vCPU counts its steal only
 * when it runs again, and that steal belongs to the whole stretch since its last update. Old windows are merged in pairs,
 * never forgotten, so a call of any length finds its beginning; memory is fixed.
 */
final class VcpuTimeline {

    /** One tick of /proc/stat: USER_HZ is 100 on every architecture vperf runs on (include/asm-generic/param.h). */
    static final long TICK_NS = 10_000_000;

    /** 20 kB per vCPU; at ten samples a second the last 25 s are kept at full resolution. Even. */
    private static final int CAPACITY = 512;

    // Index i: sample i, and the window that ends with it.
    private final long[] timeNs = new long[CAPACITY];
    private final long[] stolenNs = new long[CAPACITY];
    private final long[] busyNs = new long[CAPACITY];
    private final long[] attributedNs = new long[CAPACITY];
    private final boolean[] tainted = new boolean[CAPACITY];
    private int samples;

    private long lastStealTicks;
    private long lastBusyTicks;
    private long lastTotalTicks;
    private long lastSampleNs;
    private boolean absent;
    private long coveredUntilNs = Long.MIN_VALUE;

    private long totalStolenNs;
    private long totalAttributedNs;

    /**
     * Adds a sample of the counters.
     *
     * @param nowNs when the reading began; not before the last sample's
     * @param stealTicks the 8th column of /proc/stat
     * @param busyTicks user, nice, system, irq and softirq together
     * @param totalTicks all columns together
     * @return false if this sample ends a window that cannot be trusted; it is tainted
     */
    boolean add(long nowNs, long stealTicks, long busyTicks, long totalTicks) {
        boolean trusted = true;
        boolean unchanged =
                stealTicks == lastStealTicks && busyTicks == lastBusyTicks && totalTicks == lastTotalTicks && !absent;
        if (samples == 0) {
            timeNs[samples++] = nowNs;
        } else if (!unchanged) {
            trusted = addWindow(nowNs, stealTicks - lastStealTicks, busyTicks - lastBusyTicks, totalTicks);
        }
        lastSampleNs = nowNs;
        absent = false;
        lastStealTicks = stealTicks;
        lastBusyTicks = busyTicks;
        lastTotalTicks = totalTicks;
        return trusted;
    }

    private boolean addWindow(long nowNs, long stealTicks, long busyTicks, long totalTicks) {
        int last = samples - 1;
        long lengthNs = nowNs - timeNs[last];
        // A counter that stands n ticks higher grew by less than n + 1 of them; more than that in less time is no
        // steal.
        boolean trusted =
                !absent && stealTicks >= 0 && busyTicks >= 0 && (stealTicks - 1) * TICK_NS <= lengthNs && lengthNs >= 0;
        if (totalTicks > lastTotalTicks) {
            // Something was counted after the previous sample: what ended before that one is up to date by now.
            coveredUntilNs = lastSampleNs;
        }
        if (samples == CAPACITY) {
            mergeOlderHalf();
        }
        int at = samples++;
        timeNs[at] = nowNs;
        stolenNs[at] = trusted ? stealTicks * TICK_NS : 0;
        busyNs[at] = trusted ? busyTicks * TICK_NS : 0;
        attributedNs[at] = 0;
        tainted[at] = !trusted;
        totalStolenNs += stolenNs[at];
        return trusted;
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

    long startNs(int window) {
        return timeNs[window - 1];
    }

    long endNs(int window) {
        return timeNs[window];
    }

    long stolenNs(int window) {
        return stolenNs[window];
    }

    long busyNs(int window) {
        return busyNs[window];
    }

    boolean isTainted(int window) {
        return tainted[window];
    }

    /** What was stolen in this window and no call has been given yet. */
    long remainingNs(int window) {
        return stolenNs[window] - attributedNs[window];
    }

    void attribute(int window, long ns) {
        attributedNs[window] += ns;
        totalAttributedNs += ns;
    }

    /** Since the first sample, trusted windows only. */
    long totalStolenNs() {
        return totalStolenNs;
    }

    long totalAttributedNs() {
        return totalAttributedNs;
    }

    /** The most that can have been stolen after {@code fromNs}, by what the counter showed and its resolution. */
    long mostStolenSinceNs(long fromNs) {
        long sumNs = TICK_NS;
        for (int w = windowAt(fromNs); w < samples; w++) {
            sumNs += tainted[w] ? timeNs[w] - timeNs[w - 1] : stolenNs[w];
        }
        return sumNs;
    }

    /** Whether the counter did not move after {@code fromNs}, nor misbehave. */
    boolean noneStolenSince(long fromNs) {
        for (int w = windowAt(fromNs); w < samples; w++) {
            if (tainted[w] || stolenNs[w] > 0) {
                return false;
            }
        }
        return true;
    }

    private void mergeOlderHalf() {
        int to = 1;
        int half = CAPACITY / 2;
        for (int from = 1; from + 1 < half; from += 2) {
            timeNs[to] = timeNs[from + 1];
            stolenNs[to] = stolenNs[from] + stolenNs[from + 1];
            busyNs[to] = busyNs[from] + busyNs[from + 1];
            attributedNs[to] = attributedNs[from] + attributedNs[from + 1];
            tainted[to] = tainted[from] || tainted[from + 1];
            to++;
        }
        int next = half - 1;
        int kept = CAPACITY - next;
        for (Object array : new Object[] {timeNs, stolenNs, busyNs, attributedNs, tainted}) {
            System.arraycopy(array, next, array, to, kept);
        }
        samples = to + kept;
    }
}
