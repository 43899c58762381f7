package io.vperf.shim;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Naps of a thread, and by how much later than asked for the kernel let it go on. The kernel says so itself: a timer that
 * expires over and over is read as a file, and a read that was waiting for the first expiry gives the number of those that
 * have passed by the time the thread runs again (timerfd_create(2)). What comes after the read, such as a pause of the
 * garbage collector's that keeps the thread out of Java code, is not in it.
 *
 * <p>Tried on Linux 6.18: a process stopped for 700 ms in a nap of 50 ms tells 701 ms. Used by one thread at a time.
 */
public final class NapTimer implements AutoCloseable {

    /** Lateness comes in steps of this. Only the first expiry of a nap interrupts anything. */
    public static final long STEP_NS = 1_000_000;

    /** When nothing is known of a nap. */
    public static final long UNKNOWN = -1;

    private static final int O_CLOEXEC = 0x80000;

    /** A struct itimerspec, and the number that is read. */
    private static final int TIMER_BYTES = 32;

    private static final int COUNT = TIMER_BYTES;

    private final Natives natives;
    private final LibC libc;
    private final int fd;
    private final NativeMemory memory;
    private boolean closed;

    private NapTimer(Natives natives, int fd, NativeMemory memory) {
        this.natives = natives;
        this.libc = natives.libc();
        this.fd = fd;
        this.memory = memory;
    }

    /** Keeps a descriptor open. */
    public static Capability<NapTimer> open(Natives natives) {
        LibC libc = natives.libc();
        Errno errno = new Errno(libc);
        int fd = libc.timerfd_create(LibC.CLOCK_MONOTONIC, O_CLOEXEC);
        if (fd < 0) {
            int failure = errno.last();
            return Capability.unavailable(
                    "timerfd_create: " + Errno.name(failure),
                    failure == Errno.EMFILE || failure == Errno.ENFILE ? "Allow more open files (ulimit -n)." : "");
        }
        return Capability.available(new NapTimer(natives, fd, natives.allocate(TIMER_BYTES + Long.BYTES)));
    }

    /**
     * Sleeps.
     *
     * @param ns more than a {@link #STEP_NS}
     * @return by how much longer it took, in whole steps and rounded down; {@link #UNKNOWN} if that cannot be told
     */
    public long nap(long ns) {
        ByteBuffer buffer = memory.buffer();
        buffer.putLong(0, 0)
                .putLong(8, STEP_NS)
                .putLong(16, TimeUnit.NANOSECONDS.toSeconds(ns))
                .putLong(24, ns % TimeUnit.SECONDS.toNanos(1));
        long setNs = System.nanoTime();
        if (libc.timerfd_settime(fd, 0, memory.address(), 0) != 0) {
            return UNKNOWN;
        }
        // A thread that comes late to its nap, kept from it by a safepoint, would take that for lateness of the nap.
        boolean inTime = System.nanoTime() - setNs < ns / 2;
        boolean read = libc.read(fd, memory.address() + COUNT, Long.BYTES) == Long.BYTES;
        return read && inTime ? (buffer.getLong(COUNT) - 1) * STEP_NS : UNKNOWN;
    }

    /** Not while a nap goes on. Once is enough, twice does no harm. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            int ignored = libc.close(fd);
            natives.giveBack(memory);
        }
    }
}
