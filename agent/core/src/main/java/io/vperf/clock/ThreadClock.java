package io.vperf.clock;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one native thread, made by it alone. While a thread is not switched out its CPU time advances with the
 * wall clock, so the difference of the two, the <em>offset</em>, stays what it was when the kernel was last asked. A
 * reading is then the wall time, a look at the {@link SwitchSign}, and no system call. CPU time at a reading is its wall
 * time plus the offset.
 *
 * <p>The kernel is asked again (the offset is <em>renewed</em>) when the sign shows a switch, when the last reading is too
 * long ago, so that stolen time can only lie between two neighbouring readings, and when the offset is old.
 */
public final class ThreadClock {

    /** The CPU time is not known. */
    public static final long UNKNOWN = CpuTime.UNKNOWN;

    /** No gap between readings that is worth a note. */
    private static final long SMALL_GAP_NS = 1_000;

    private static final int ATTEMPTS = 4;

    /** A difference this large is no error of a reading; per mille of the offset's age: clocks may be slewed by NTP. */
    private static final long EVIDENCE_NS = 20_000;

    private static final long EVIDENCE_PER_AGE = 1_000;

    /** Never changes. */
    private static final ByteBuffer NO_SIGN =
            ByteBuffer.allocateDirect(2 * Long.BYTES).alignedSlice(Long.BYTES).order(ByteOrder.nativeOrder());

    // Read by every reading.
    private final ByteBuffer signMemory;
    private final int signAt;
    private final long signAddress;
    private final boolean movesUnseen;
    private int vcpu = VcpuClock.UNKNOWN;
    private long armed;
    private long lastNs;
    private long largestGapNs;
    private long validUntilNs;
    private long offsetNs;

    private final WallClock wall;
    private final VcpuClock vcpus;
    private final @Nullable CpuTime time;
    private final @Nullable SwitchSign sign;
    private final CpuClock.Limits limits;
    private final GapLedger ledger;
    private final ThreadWaits waits;
    private final OffCpuTimes offCpu;

    private long renewedNs;
    private long largestGapEndNs;
    private boolean unswitched;
    private boolean heldUp;
    private long offsetBeforeNs = UNKNOWN;
    private long offsetAtReadingNs = UNKNOWN;

    ThreadClock(
            WallClock wall,
            VcpuClock vcpus,
            @Nullable CpuTime time,
            @Nullable SwitchSign sign,
            CpuClock.Limits limits,
            GapLedger ledger,
            ThreadWaits waits,
            OffCpuTimes offCpu) {
        this.wall = wall;
        this.vcpus = vcpus;
        this.time = time;
        this.sign = sign;
        this.limits = limits;
        this.ledger = ledger;
        this.waits = waits;
        this.offCpu = offCpu;
        signMemory = sign == null ? NO_SIGN : sign.memory();
        signAt = sign == null ? 0 : sign.at();
        signAddress = DirectMemory.OPEN ? DirectMemory.address(signMemory) + signAt : 0;
        movesUnseen = sign == null;
        armed = sign == null ? 0 : sign.rearm();
        offsetNs = UNKNOWN;
        validUntilNs = time == null ? Long.MAX_VALUE : Long.MIN_VALUE;
        largestGapNs = time == null ? Long.MAX_VALUE : SMALL_GAP_NS;
    }

    /**
     * Whether {@link #offsetNs} holds at this reading.
     *
     * @param wallNs wall time, just read
     */
    public boolean isCurrent(long wallNs) {
        long gapNs = wallNs - lastNs;
        lastNs = wallNs;
        if (wallNs < validUntilNs && gapNs <= largestGapNs && isSignUp()) {
            return true;
        }
        return isStillCurrent(wallNs, gapNs);
    }

    /** Not looked at before the time was read: the fence keeps the compiler, interrupts are precise on the processor. */
    private boolean isSignUp() {
        VarHandle.acquireFence();
        return (DirectMemory.OPEN ? DirectMemory.getLong(signAddress) : signMemory.getLong(signAt)) == armed;
    }

    private boolean isStillCurrent(long wallNs, long gapNs) {
        boolean still = wallNs < validUntilNs && gapNs <= limits.gapNs() && isSignUp();
        if (!still) {
            validUntilNs = Long.MIN_VALUE;
        }
        if (gapNs > largestGapNs) {
            largestGapNs = gapNs;
            largestGapEndNs = wallNs;
        }
        return still;
    }

    /** CPU time less wall time, or {@link #UNKNOWN}. */
    public long offsetNs() {
        return offsetNs;
    }

    /**
     * The number of the vCPU at a reading that was current, or {@link VcpuClock#UNKNOWN}. A thread that moves to another is
     * switched out.
     */
    public int vcpu() {
        return movesUnseen ? vcpus.current() : vcpu;
    }

    /**
     * Asks the kernel. Afterwards {@link #offsetNs} holds at {@link #renewedNs}, and {@link #offsetAtReadingNs} at the
     * reading that was not current.
     */
    public void renew() {
        CpuTime kernel = time;
        if (kernel == null) {
            return;
        }
        long readingNs = lastNs;
        offsetBeforeNs = offsetNs;
        unswitched = sign != null && offsetNs != UNKNOWN;
        long askedNs = readingNs;
        boolean switched = false;
        waits.renewalBegins();
        offCpu.renewalBegins();
        for (int attempt = 1; ; attempt++) {
            if (sign != null && sign.value() != armed) {
                armed = sign.rearm();
                unswitched = false;
                switched = true;
            }
            long beforeNs = wall.nowNs();
            long cpuNs = kernel.nowNs();
            long afterNs = wall.nowNs();
            if (cpuNs == UNKNOWN) {
                waits.miss(readingNs);
                forget(readingNs);
                return;
            }
            boolean quiet = afterNs - beforeNs <= limits.quietNs() && (sign == null || sign.value() == armed);
            // Disturbed between the two: whether before or after the kernel looked, it charged next to nothing since.
            offsetNs = cpuNs - (quiet ? beforeNs + (afterNs - beforeNs) / 2 : afterNs);
            if (attempt == 1) {
                boolean near = quiet && beforeNs - readingNs <= limits.quietNs();
                offsetAtReadingNs = near ? offsetNs : offsetBeforeQuestion(cpuNs - limits.callNs() - readingNs);
                unswitched &= near;
                askedNs = beforeNs;
            }
            if (quiet || attempt == ATTEMPTS) {
                switched |= (movesUnseen || ledger.isRefuted()) && mayHaveWaited();
                boolean sound = updateWaits(readingNs, switched, afterNs);
                if (sound || attempt == ATTEMPTS) {
                    if (!sound) {
                        waits.miss(readingNs);
                        lastNs = afterNs; // since when it may have been off its CPU
                    }
                    heldUp = lastNs - askedNs > limits.gapNs();
                    if (switched && askedNs - readingNs > limits.gapNs()) {
                        waits.doubt(readingNs); // some of it was after the reading that a call may end with
                    }
                    offsetAtReadingNs = Math.max(offsetAtReadingNs, offsetNs); // it never grows
                    renewedAt(lastNs);
                    return;
                }
            }
        }
    }

    /**
     * The offset at a reading some time before the kernel was asked. Whether the thread ran in between, as when an interrupt
     * was charged to it, or was switched out, is not known; but CPU time has not advanced faster than the wall clock.
     *
     * @param mostNs what it would be had the thread not run in between
     */
    private long offsetBeforeQuestion(long mostNs) {
        return offsetBeforeNs == UNKNOWN ? mostNs : Math.min(mostNs, offsetBeforeNs);
    }

    /**
     * Sets {@link #lastNs} to when this was done.
     *
     * @return false if the CPU time just read does not hold any more
     */
    private boolean updateWaits(long readingNs, boolean switched, long nowNs) {
        lastNs = nowNs;
        boolean asked = offCpu.renewed(offCpuNs(), nowNs);
        if (waits.isDue(switched, ledger.isStealAbout())) {
            waits.update(readingNs, switched);
            asked = true;
        } else if (switched) {
            waits.miss(readingNs);
        }
        if (!asked) {
            return true;
        }
        lastNs = wall.nowNs();
        return lastNs - nowNs <= limits.gapNs() && (sign == null || sign.value() == armed);
    }

    /** For how long the thread was not charged CPU time since the last renewal, but for what a reading may be wrong by. */
    private long offCpuNs() {
        long offNs = offsetBeforeNs == UNKNOWN ? 0 : offsetBeforeNs - offsetNs;
        return offNs > limits.quietNs() ? offNs : 0;
    }

    private boolean mayHaveWaited() {
        return offsetBeforeNs == UNKNOWN || offsetBeforeNs - offsetNs > limits.quietNs();
    }

    private void forget(long readingNs) {
        offsetNs = UNKNOWN;
        offsetAtReadingNs = UNKNOWN;
        renewedNs = readingNs;
        unswitched = false;
        heldUp = false;
    }

    private void renewedAt(long nowNs) {
        if (unswitched) {
            long gapNs = offsetBeforeNs - offsetNs;
            if (gapNs > EVIDENCE_NS + (nowNs - renewedNs) / EVIDENCE_PER_AGE) {
                ledger.add(vcpu, gapNs);
            }
        }
        vcpu = vcpus.current();
        renewedNs = nowNs;
        lastNs = nowNs;
        largestGapNs = SMALL_GAP_NS;
        validUntilNs = sign == null || ledger.isRefuted() ? Long.MIN_VALUE : nowNs + limits.ageNs();
    }

    /**
     * Whether the thread was switched out, or its vCPU stolen, while the kernel was asked. The kernel brings the thread's
     * account up to date for its answer ({@code update_curr}), finds that its time slice is over, and lets another one run
     * as the system call returns: it is then that a busy thread is switched out, and not where it would have been.
     */
    public boolean wasHeldUp() {
        return heldUp;
    }

    /** The wall time of the last renewal. */
    public long renewedNs() {
        return renewedNs;
    }

    /** What the thread was off its CPU for, up to the last renewal. */
    public OffCpuTimes offCpu() {
        return offCpu;
    }

    /** For how long the thread was switched out, up to the last renewal. */
    public ThreadWaits waits() {
        return waits;
    }

    /** The offset at the reading that caused the last renewal. A switch between the two makes it larger than the new one. */
    public long offsetAtReadingNs() {
        return offsetAtReadingNs;
    }

    /**
     * The offset to take for an earlier reading, now that the kernel was asked. Without a switch {@link #offsetBeforeNs} and
     * the new one differ by what was stolen since the renewal before last; that happened in the largest gap between readings,
     * so readings after it have used an offset too large by it. A difference as small as a reading's own error is no
     * difference.
     *
     * <p>An offset never grows. One that was smaller is of a question that was never answered undisturbed: the thread was
     * charged for something, as for an interrupt, after the kernel had looked.
     */
    public long revisedOffsetNs(long earlierNs, long earlierOffsetNs) {
        if (earlierOffsetNs == UNKNOWN || offsetNs == UNKNOWN) {
            return earlierOffsetNs;
        }
        long lostNs = earlierOffsetNs - offsetNs;
        if (lostNs < -limits.quietNs()) {
            return offsetNs;
        }
        boolean asBefore = unswitched && earlierOffsetNs == offsetBeforeNs;
        return asBefore && (lostNs <= limits.quietNs() || earlierNs >= largestGapEndNs) ? offsetNs : earlierOffsetNs;
    }

    /**
     * The offset to take for an earlier reading whose CPU time would be more than that of the one that caused the last
     * renewal: if by no more than {@link #errorNs}, the thread is taken to have used none in between.
     *
     * @param readingNs wall time of the reading that caused the renewal
     */
    public long boundOffsetNs(long earlierNs, long earlierOffsetNs, long readingNs) {
        if (earlierOffsetNs == UNKNOWN || offsetAtReadingNs == UNKNOWN) {
            return earlierOffsetNs;
        }
        long mostNs = readingNs + offsetAtReadingNs - earlierNs;
        return earlierOffsetNs > mostNs && earlierOffsetNs - mostNs <= errorNs() ? mostNs : earlierOffsetNs;
    }

    /**
     * By how much the CPU time at a reading may be too large before the kernel is asked again: a gap can hide stolen time,
     * and there are many gaps in the life of an offset.
     */
    public long errorNs() {
        return sign == null ? limits.gapNs() : Math.max(limits.gapNs(), limits.ageNs());
    }

    /** The native thread has ended, or reads no more. */
    public void close() {
        if (time != null) {
            time.close();
        }
        if (sign != null) {
            sign.close();
        }
        waits.close();
    }
}
