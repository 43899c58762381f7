package io.vperf.record;

import io.vperf.clock.VcpuClock;

/**
 * How what is known of a call besides its times is packed into one long, so that a frame or a journal entry is a few
 * longs in an array: bits 0–31 method id, 32–47 vCPU number + 1 (0: unknown), 48–52 the call's weight, 54–63 flags.
 */
final class CallWords {

    /** A call whose thread has counters; in journals an entry that holds only what they counted. */
    static final long COUNTED = 1L << 54;

    /** A drawn call, or one that made calls which were only counted: two more longs tell of it. In journals only. */
    static final long SAMPLED = 1L << 55;

    /** Calls of the same method within it were only counted. */
    static final long RECURSIVE = 1L << 56;

    /** A long call that found no room to wait for its correction. In journals only. */
    static final long UNCORRECTED = 1L << 57;

    /** A short call on the CPU all the time, or {@link #CPU_UNKNOWN}, without measured callees: one time says all. In journals only. */
    static final long PLAIN = 1L << 58;

    /** A region's frame, whose exit is the application's to call. In frames only. */
    static final long REGION = 1L << 59;

    /** The outermost call of its method on this thread: the one that counts towards total times. */
    static final long OUTERMOST = 1L << 60;

    static final long THROWN = 1L << 61;
    static final long CPU_UNKNOWN = 1L << 62;

    /** A constructor whose call of super(…) has not returned yet: it may have thrown. The sign bit. */
    static final long PROVISIONAL = 1L << 63;

    /**
     * Log2 of how many calls this one stands for. It travels with the call, as by the time it is entered its method may be
     * drawn from otherwise. Not in entries that are {@link #PLAIN}.
     */
    static final long WEIGHT = 0x1FL << 48;

    private static final int WEIGHT_SHIFT = 48;

    private static final int VCPU_SHIFT = 32;
    private static final long VCPU_MASK = 0xFFFFL;

    private CallWords() {}

    static long word(int methodId, int vcpu, long flags) {
        return (methodId & 0xFFFFFFFFL) | (((vcpu + 1) & VCPU_MASK) << VCPU_SHIFT) | flags;
    }

    static int methodId(long word) {
        return (int) word;
    }

    /** The vCPU number, or {@link VcpuClock#UNKNOWN}. */
    static int vcpu(long word) {
        return (int) ((word >>> VCPU_SHIFT) & VCPU_MASK) - 1;
    }

    /** Bits that make a call stand for 2^{@code log2} calls, 0 to 31. */
    static long weightBits(int log2) {
        return (long) log2 << WEIGHT_SHIFT;
    }

    /** How many calls this one stands for. */
    static long weight(long word) {
        return 1L << ((word & WEIGHT) >>> WEIGHT_SHIFT);
    }

    static boolean is(long word, long flag) {
        return (word & flag) != 0;
    }
}
