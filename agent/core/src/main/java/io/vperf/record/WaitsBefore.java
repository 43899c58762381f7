package io.vperf.record;

import io.vperf.clock.OffCpuTimes;
import io.vperf.clock.ThreadClock;
import io.vperf.clock.ThreadWaits;
import org.jspecify.annotations.Nullable;

/**
 * For how long a thread had waited when a call of its began: written down when its clock is first renewed since, as it is not
 * within most calls. Belongs to a frame, and is used for one call after the other there.
 */
final class WaitsBefore {

    /** The call that the rest is of, by its entry. */
    private long of = Long.MIN_VALUE;

    long waitedNs;
    long runDelayNs;

    /** Of a virtual thread. */
    long unmountedNs;

    private final OffCpuTimes.Sums offCpu = new OffCpuTimes.Sums();

    /**
     * Writes down for the calls in progress what they began with: the clock was just renewed. Whether the thread had waited makes no
     * difference here, or a first wait would take a branch that compiled probes have never taken: of 64 threads on two vCPUs, 22 made
     * the JVM throw compiled probes away, which were not all compiled again within 10 s. So did counting down from the depth, by the
     * check that C2 puts before a counted loop.
     */
    static void keep(ThreadFrames t) {
        ThreadWaits waits = t.clock.waits();
        OffCpuTimes offCpu = t.clock.offCpu();
        for (Frame f = t.top(); f != null; f = f.caller) {
            WaitsBefore kept = f.waitsBefore;
            if (kept == null) {
                kept = new WaitsBefore();
                f.waitsBefore = kept;
            } else if (kept.of == f.entryNs) {
                break; // of older calls it is written down, too
            }
            kept.of = f.entryNs;
            kept.waitedNs = waits.waitedBeforeNs();
            kept.runDelayNs = waits.runDelayBeforeNs();
            kept.offCpu.set(offCpu.before());
        }
    }

    /** Writes down for a call of a virtual thread what it begins with. */
    static void set(Frame f, long waitedNs, long runDelayNs, long unmountedNs) {
        WaitsBefore kept = f.waitsBefore;
        if (kept == null) {
            kept = new WaitsBefore();
            f.waitsBefore = kept;
        }
        kept.of = f.entryNs;
        kept.waitedNs = waitedNs;
        kept.runDelayNs = runDelayNs;
        kept.unmountedNs = unmountedNs;
    }

    /** What was written down for the call, or null. */
    static @Nullable WaitsBefore of(Frame f) {
        WaitsBefore kept = f.waitsBefore;
        return kept != null && kept.of == f.entryNs ? kept : null;
    }

    /** For how long the thread was switched out since the call's entry, or {@link ThreadClock#UNKNOWN}. */
    static long waitedNs(Frame f) {
        VirtualAccount account = f.thread.account;
        if (account != null) {
            return account.waitedNs(f);
        }
        ThreadWaits waits = f.thread.clock.waits();
        if (waits.isWaitUnknownSince(f.entryNs)) {
            return ThreadClock.UNKNOWN;
        }
        WaitsBefore before = of(f);
        return before == null ? 0 : waits.waitedNs() - before.waitedNs;
    }

    /** The part of it in which the thread was runnable, or {@link ThreadClock#UNKNOWN}. */
    static long runDelayNs(Frame f) {
        VirtualAccount account = f.thread.account;
        if (account != null) {
            return account.runDelayNs(f);
        }
        ThreadWaits waits = f.thread.clock.waits();
        if (waits.isDelayUnknownSince(f.entryNs)) {
            return ThreadClock.UNKNOWN;
        }
        WaitsBefore before = of(f);
        return before == null ? 0 : waits.runDelayNs() - before.runDelayNs;
    }

    /**
     * Writes down what the thread was off its CPU for since the call's entry: six numbers, in the order of {@link
     * io.vperf.explain.OffCpu}.
     */
    static void storeOffCpu(Frame f, long[] into, int at) {
        VirtualAccount account = f.thread.account;
        if (account != null) {
            // Nobody asks what its carriers were off their CPUs for.
            into[at] = Math.max(0, account.runDelayNs(f));
            into[at + 1] = 0;
            into[at + 2] = 0;
            into[at + 3] = 0;
            into[at + 4] = 0;
            into[at + 5] = account.unmountedNs(f);
            return;
        }
        WaitsBefore before = of(f);
        OffCpuTimes.Sums now = f.thread.clock.offCpu().now();
        into[at] = before == null ? 0 : now.runDelayNs(before.offCpu);
        into[at + 1] = before == null ? 0 : now.unaskedNs(before.offCpu);
        into[at + 2] = before == null ? 0 : now.monitorNs(before.offCpu);
        into[at + 3] = before == null ? 0 : now.waitingNs(before.offCpu);
        into[at + 4] = before != null && now.mayHaveBlocked(before.offCpu) ? 1 : 0;
        into[at + 5] = 0;
    }

    /** What the thread was off its CPU for before the call; null if its clock was not renewed since. */
    static OffCpuTimes.@Nullable Sums offCpu(Frame f) {
        WaitsBefore before = of(f);
        return before == null ? null : before.offCpu;
    }
}
