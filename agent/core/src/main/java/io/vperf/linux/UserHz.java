package io.vperf.linux;

/**
 * The unit in which Linux hands CPU times to user space: a tick of 1/USER_HZ second.
 *
 * <p>USER_HZ is part of the kernel's interface and not its timer frequency (CONFIG_HZ). It is 100 on every architecture
 * vperf supports: {@code include/asm-generic/param.h} and {@code include/uapi/asm-generic/param.h}; x86 and arm64 take
 * those unchanged. Only Alpha and Itanium ever differed.
 */
public final class UserHz {

    /** Nanoseconds in one tick. */
    public static final long TICK_NS = 10_000_000;

    private UserHz() {}
}
