package io.vperf.shim;

/**
 * Moves file descriptors to numbers that nobody else is given. The kernel gives out the lowest free number; an application that closes one it does not
 * own (twice the same, or all it finds) and opens another file would have vperf read from that file, or wait for that pipe.
 */
final class HighDescriptors {

    /** From which number on. The kernel's table grows with it: 8 bytes a number. */
    private static final int[] FROM = {32_768, 2_048, 512, 128};

    private static final int F_DUPFD_CLOEXEC = 1030;

    private final LibC libc;
    private final long fcntl = System.getProperty("os.arch", "").equals("aarch64") ? 25 : 72;

    HighDescriptors(LibC libc) {
        this.libc = libc;
    }

    /** The descriptor under a higher number; the same where the process may have none so high, or none more. */
    int move(int fd) {
        for (int from : FROM) {
            long moved = libc.syscall(fcntl, fd, F_DUPFD_CLOEXEC, from, 0, 0, 0);
            if (moved >= 0) {
                int ignored = libc.close(fd);
                return (int) moved;
            }
        }
        return fd;
    }
}
