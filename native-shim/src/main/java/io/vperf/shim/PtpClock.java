package io.vperf.shim;

/** The host's clock, through a device of the guest's. Opened by {@link PtpClocks}; read by one thread at a time. */
public final class PtpClock implements AutoCloseable {

    /** The kind of a clock number that stands for a descriptor: CLOCKFD, include/linux/posix-timers_types.h. */
    private static final int CLOCKFD = 3;

    private final LibC libc;
    private final int fd;
    private final String name;
    private final KernelClock clock;
    private boolean closed;

    PtpClock(Natives natives, int fd, String name) {
        libc = natives.libc();
        this.fd = fd;
        this.name = name;
        clock = new KernelClock(natives, idOf(fd));
    }

    /** The clock number of an open descriptor: FD_TO_CLOCKID of clock_getres(2). */
    static int idOf(int fd) {
        return ~fd << 3 | CLOCKFD;
    }

    /** Its device, and what the kernel calls it. */
    public String name() {
        return name;
    }

    /** The host's time, nanoseconds since 1970, or negative if it cannot be told. */
    public long nowNs() {
        return clock.nowNs();
    }

    /** Once is enough, twice does no harm. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            int ignored = libc.close(fd);
        }
    }
}
