package io.vperf.record;

import io.vperf.clock.ThreadClock;
import java.util.concurrent.atomic.LongAdder;

/**
 * Waits for a vCPU that no call shows. A rehearsal asks the kernel for the thread's CPU time; the kernel brings its account up
 * to date for the answer ({@code update_curr}, kernel/sched/fair.c), finds that its time slice is over, and lets another
 * thread run: just before the drawn call, and not in the midst of one of the calls it stands for, where the next tick would
 * have ended the slice. So these are added up, beside the CPU time in which they came, and the calls are given their part.
 */
final class RehearsalWaits {

    /** Rehearsing takes a microsecond or two; a thread that is switched out stays so for longer than this. */
    private static final long LEAST_NS = 20_000;

    private final LongAdder waitedNs = new LongAdder();
    private final LongAdder ranNs = new LongAdder();

    /**
     * Adds a thread's rehearsal.
     *
     * @param tookNs by the wall clock
     * @param cpuNs the thread's CPU time at its end, or {@link ThreadClock#UNKNOWN}: then nobody asked the kernel
     */
    void add(ThreadFrames t, long tookNs, long cpuNs) {
        if (cpuNs == ThreadClock.UNKNOWN) {
            return;
        }
        long beforeNs = t.rehearsedCpuNs;
        t.rehearsedCpuNs = cpuNs;
        if (beforeNs != ThreadClock.UNKNOWN && cpuNs > beforeNs) {
            ranNs.add(cpuNs - beforeNs);
        }
        if (tookNs >= LEAST_NS) {
            waitedNs.add(tookNs);
        }
    }

    /** For how long threads waited per nanosecond that they ran, since this was last asked. */
    double takeShare() {
        long ran = ranNs.sumThenReset();
        long waited = waitedNs.sumThenReset();
        return ran == 0 ? 0 : (double) waited / ran;
    }
}
