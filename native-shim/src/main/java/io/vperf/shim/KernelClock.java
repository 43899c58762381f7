package io.vperf.shim;

import java.util.concurrent.TimeUnit;

/** A clock of the kernel's by its number. Read by one thread at a time. */
public final class KernelClock {

    private static final int TIMESPEC_BYTES = 16;

    private final LibC libc;
    private final int id;
    private final NativeMemory timespec;

    KernelClock(Natives natives, int id) {
        libc = natives.libc();
        this.id = id;
        timespec = natives.allocate(TIMESPEC_BYTES);
    }

    /** CLOCK_MONOTONIC_RAW: the clock source as it was calibrated at boot, which NTP does not slew. Linux 2.6.28. */
    public static Capability<KernelClock> monotonicRaw(Natives natives) {
        KernelClock clock = new KernelClock(natives, LibC.CLOCK_MONOTONIC_RAW);
        return clock.nowNs() >= 0
                ? Capability.available(clock)
                : Capability.unavailable("this kernel has no CLOCK_MONOTONIC_RAW", "");
    }

    /** Nanoseconds since a time of the clock's own, or negative if it cannot be read. */
    public long nowNs() {
        return libc.clock_gettime(id, timespec.address()) == 0
                ? TimeUnit.SECONDS.toNanos(timespec.buffer().getLong(0))
                        + timespec.buffer().getLong(8)
                : -1;
    }
}
