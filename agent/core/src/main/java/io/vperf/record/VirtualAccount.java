package io.vperf.record;

import io.vperf.clock.ThreadClock;
import io.vperf.clock.ThreadWaits;
import io.vperf.clock.VcpuClock;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * CPU time and waits of one virtual thread while it is inside measured calls, over all its mounts. Its clock is that of the
 * carrier it is mounted on, moved by what keeps its own CPU time from jumping when the carrier changes: nothing but that
 * shift has to be known of a mount, however many calls are in progress.
 *
 * <p>Touched by one thread at a time: the virtual thread itself, or, between its mounts, the carrier that unmounts or mounts
 * it. The JDK's scheduler orders these.
 */
final class VirtualAccount {

    /** How many virtual threads have to be looked for at each mount: see {@link #await}. */
    private final AtomicInteger awaited;

    private boolean isAwaited;

    /** The thread it is mounted on; null while it is on none, or where it is not known. */
    @Nullable
    ThreadFrames carrier;

    /** A mount or an unmount was not seen: nothing of the calls in progress can be told any more. */
    private boolean broken;

    /** CPU time less that of the carrier; the same for what it has waited for, and the part in which it was runnable. */
    private long shiftNs;

    private long waitShiftNs;
    private long delayShiftNs;

    /** The reading at which this mount began; of a call's own mount, at which the outermost call did. */
    private long mountedNs;

    /** The carrier's offset there; unknown where no call is older than the mount. */
    private long mountOffsetNs;

    /** As in {@link ThreadWaits}, of mounts before this one. */
    private long waitUnknownUntilNs;

    private long delayUnknownUntilNs;

    /** On no carrier so far. */
    private long allUnmountedNs;

    // At the last unmount; by this thread's own clock.
    private long unmountedNs;
    private long cpuNs;
    private long waitedNs;
    private long delayNs;

    // At the end of the last call.
    private long endOffsetNs = ThreadClock.UNKNOWN;
    private long endWaitedNs;
    private long endDelayNs;
    private long endUnmountedNs;
    private boolean endKnowsWait;
    private boolean endKnowsDelay;
    private int endVcpu = VcpuClock.UNKNOWN;

    VirtualAccount(AtomicInteger awaited) {
        this.awaited = awaited;
    }

    /** An outermost call begins on this carrier. */
    void start(ThreadFrames on) {
        release();
        carrier = on;
        broken = false;
        shiftNs = 0;
        waitShiftNs = 0;
        delayShiftNs = 0;
        allUnmountedNs = 0;
        mountedNs = Long.MAX_VALUE;
        mountOffsetNs = ThreadClock.UNKNOWN;
        waitUnknownUntilNs = Long.MIN_VALUE;
        delayUnknownUntilNs = Long.MIN_VALUE;
    }

    /** That call's reading. */
    void startedAt(long entryNs) {
        mountedNs = entryNs;
    }

    /** The outermost call has ended. */
    void stop() {
        ThreadFrames on = carrier;
        if (on != null) {
            on.lastGuest = on.guest;
            on.guest = null;
            carrier = null;
        }
        release();
    }

    /** From now on every carrier looks whether it is this thread that it mounts. */
    void await() {
        if (!isAwaited) {
            isAwaited = true;
            awaited.incrementAndGet();
        }
    }

    /** It need not be looked for. */
    void release() {
        if (isAwaited) {
            isAwaited = false;
            awaited.decrementAndGet();
        }
    }

    /** Nothing is known until the outermost call has ended. */
    void breakOff() {
        broken = true;
        carrier = null;
    }

    /** Whether it is known to be on no carrier. */
    boolean isUnmounted() {
        return carrier == null && !broken;
    }

    /** CPU time less wall time, for what the carrier's clock answers. */
    long offsetNs(long carrierOffsetNs) {
        return carrierOffsetNs == ThreadClock.UNKNOWN ? ThreadClock.UNKNOWN : carrierOffsetNs + shiftNs;
    }

    /** The carrier is still looked at, but it carries this thread no more. */
    void unmounted(ThreadWaits waits, long wallNs, long carrierOffsetNs) {
        if (carrierOffsetNs == ThreadClock.UNKNOWN) {
            breakOff();
            return;
        }
        unmountedNs = wallNs;
        cpuNs = wallNs + carrierOffsetNs + shiftNs;
        waitedNs = waits.waitedNs() + waitShiftNs;
        delayNs = waits.runDelayNs() + delayShiftNs;
        if (waits.isWaitUnknownSince(mountedNs)) {
            waitUnknownUntilNs = wallNs;
        }
        if (waits.isDelayUnknownSince(mountedNs)) {
            delayUnknownUntilNs = wallNs;
        }
        await();
        broken = false;
    }

    /** It is about to run here. In between it has waited, and not for a vCPU. */
    void mounted(ThreadFrames on, long wallNs, long carrierOffsetNs) {
        if (carrierOffsetNs == ThreadClock.UNKNOWN) {
            breakOff();
            return;
        }
        ThreadWaits waits = on.clock.waits();
        shiftNs = cpuNs - wallNs - carrierOffsetNs;
        allUnmountedNs += wallNs - unmountedNs;
        waitShiftNs = waitedNs + wallNs - unmountedNs - waits.waitedNs();
        delayShiftNs = delayNs - waits.runDelayNs();
        mountedNs = wallNs;
        mountOffsetNs = carrierOffsetNs;
        release();
        carrier = on;
        broken = false;
    }

    /**
     * Corrects the CPU time at this mount and at the entry of the calls that began in it, as {@link ThreadFrames#reviseCpu}
     * does: the carrier's clock was renewed.
     *
     * @return see there
     */
    int revise(ThreadFrames t, ThreadClock clock, long readingNs) {
        long revisedNs = clock.boundOffsetNs(mountedNs, clock.revisedOffsetNs(mountedNs, mountOffsetNs), readingNs);
        long lostNs = revisedNs == ThreadClock.UNKNOWN ? 0 : mountOffsetNs - revisedNs;
        mountOffsetNs = revisedNs;
        int clamped = t.reviseCpu(clock, readingNs, mountedNs, shiftNs);
        if (lostNs != 0) {
            t.moveCpu(mountedNs, lostNs);
            shiftNs += lostNs;
        }
        return clamped;
    }

    /** A call begins; what it needs to tell its waits later. */
    void keepWaits(Frame f, ThreadWaits waits) {
        WaitsBefore.set(f, waits.waitedNs() + waitShiftNs, waits.runDelayNs() + delayShiftNs, allUnmountedNs);
    }

    /** A call ends, of which nothing is known. */
    void endUnknown() {
        endOffsetNs = ThreadClock.UNKNOWN;
        endKnowsWait = false;
        endKnowsDelay = false;
        endVcpu = VcpuClock.UNKNOWN;
    }

    /** A call ends. Kept, as the thread may be on another carrier by the time this is asked for. */
    void end(Frame f, ThreadClock clock, long carrierOffsetNs) {
        ThreadWaits waits = clock.waits();
        long sinceNs = Math.max(f.entryNs, mountedNs);
        endOffsetNs = offsetNs(carrierOffsetNs);
        endKnowsWait = f.entryNs >= waitUnknownUntilNs && !waits.isWaitUnknownSince(sinceNs);
        endKnowsDelay = f.entryNs >= delayUnknownUntilNs && !waits.isDelayUnknownSince(sinceNs);
        endWaitedNs = waits.waitedNs() + waitShiftNs;
        endDelayNs = waits.runDelayNs() + delayShiftNs;
        endUnmountedNs = allUnmountedNs;
        endVcpu = clock.vcpu();
    }

    /** CPU time less wall time at the end of the last call, or {@link ThreadClock#UNKNOWN}. */
    long endOffsetNs() {
        return endOffsetNs;
    }

    /** The vCPU at the end of the last call, or {@link VcpuClock#UNKNOWN}. */
    int endVcpu() {
        return endVcpu;
    }

    /** For how long the thread was on no carrier, or its carrier switched out, during this call, the last one that ended. */
    long waitedNs(Frame f) {
        WaitsBefore before = WaitsBefore.of(f);
        return endKnowsWait && before != null ? endWaitedNs - before.waitedNs : ThreadClock.UNKNOWN;
    }

    /** The part of it in which its carrier was runnable. */
    long runDelayNs(Frame f) {
        WaitsBefore before = WaitsBefore.of(f);
        return endKnowsDelay && before != null ? endDelayNs - before.runDelayNs : ThreadClock.UNKNOWN;
    }

    /** The part of it in which the thread was on no carrier; 0 if its CPU time is unknown, and so all of the call. */
    long unmountedNs(Frame f) {
        WaitsBefore before = WaitsBefore.of(f);
        return endOffsetNs != ThreadClock.UNKNOWN && before != null ? endUnmountedNs - before.unmountedNs : 0;
    }
}
