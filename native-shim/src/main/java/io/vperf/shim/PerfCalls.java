package io.vperf.shim;

/** The system calls of perf events that the C library has no functions for, about events of the calling native thread. */
final class PerfCalls {

    private static final int THIS_THREAD = 0;
    private static final int ANY_VCPU = -1;
    private static final long CLOSE_ON_EXEC = 8;
    private static final int PROT_READ = 1;
    private static final int MAP_SHARED = 1;

    /** PERF_EVENT_IOC_ENABLE: {@code _IO('$', 0)}. */
    private static final long ENABLE = 0x2400;

    static final int NO_GROUP = -1;

    private final LibC libc;
    private final Errno errno;
    private final HighDescriptors high;
    private final long perfEventOpen;
    private final long mmap;
    private final long ioctl;

    /** Made before it is needed, as {@link Errno} is. */
    PerfCalls(LibC libc) {
        this.libc = libc;
        errno = new Errno(libc);
        high = new HighDescriptors(libc);
        boolean aarch64 = System.getProperty("os.arch", "").equals("aarch64");
        perfEventOpen = aarch64 ? 241 : 298;
        mmap = aarch64 ? 222 : 9;
        ioctl = aarch64 ? 29 : 16;
    }

    /**
     * Opens an event that is closed on exec, under a high number.
     *
     * @param leader a group's first event, or {@link #NO_GROUP}
     * @return a descriptor, or a negative errno
     */
    int open(NativeMemory attributes, int leader) {
        int fd = (int) orErrno(
                libc.syscall(perfEventOpen, attributes.address(), THIS_THREAD, ANY_VCPU, leader, CLOSE_ON_EXEC, 0));
        return fd < 0 ? fd : high.move(fd);
    }

    /** Begins to count with a group that was opened disabled: 0, or a negative errno. */
    int enable(int leader) {
        return (int) orErrno(libc.syscall(ioctl, leader, ENABLE, 0, 0, 0, 0));
    }

    /** The address of an event's page, or a negative errno. */
    long map(int fd) {
        return orErrno(libc.syscall(mmap, 0, PerfPage.BYTES, PROT_READ, MAP_SHARED, fd, 0));
    }

    void unmap(long address) {
        int ignored = libc.munmap(address, PerfPage.BYTES);
    }

    void close(int fd) {
        int ignored = libc.close(fd);
    }

    /** What a descriptor gives, or a negative number. */
    long read(int fd, NativeMemory into) {
        return libc.read(fd, into.address(), into.buffer().capacity());
    }

    private long orErrno(long result) {
        return result == -1 ? -errno.last() : result;
    }
}
