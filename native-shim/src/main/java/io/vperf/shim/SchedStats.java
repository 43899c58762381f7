package io.vperf.shim;

import java.nio.charset.StandardCharsets;

/**
 * Opens a {@link SchedStat} for each native thread that asks, as long as there are descriptors for it. Any thread may
 * call. Needs Linux 3.17 and CONFIG_SCHED_INFO.
 */
public final class SchedStats {

    private static final byte[] PATH = "/proc/thread-self/schedstat\0".getBytes(StandardCharsets.US_ASCII);

    private static final int AT_FDCWD = -100;
    private static final int O_CLOEXEC = 0x80000;

    private static final long OPENAT_X86_64 = 257;
    private static final long OPENAT_AARCH64 = 56;

    private final Natives natives;
    private final HeldDescriptor.Pool pool;
    private final long openat;
    private final NativeMemory path;
    private final Errno errno;

    public SchedStats(Natives natives, Descriptors descriptors) {
        this.natives = natives;
        pool = new HeldDescriptor.Pool(natives, descriptors, SchedStat.BYTES);
        openat = System.getProperty("os.arch", "").equals("aarch64") ? OPENAT_AARCH64 : OPENAT_X86_64;
        path = natives.allocate(PATH.length);
        path.buffer().put(0, PATH);
        errno = new Errno(natives.libc());
    }

    /** For the calling native thread (under a virtual thread: its carrier), or why not. */
    public Capability<SchedStat> open() {
        if (!pool.take()) {
            return Capability.unavailable(HeldDescriptor.Pool.NONE_LEFT, HeldDescriptor.Pool.REMEDY);
        }
        int fd = (int) natives.libc().syscall(openat, AT_FDCWD, path.address(), O_CLOEXEC, 0, 0, 0);
        if (fd < 0) {
            int failure = errno.last();
            pool.giveBack();
            return Capability.unavailable("/proc/thread-self/schedstat: " + Errno.name(failure), "");
        }
        SchedStat opened = new SchedStat(natives.libc(), pool.hold(fd));
        if (!opened.isCounting()) {
            opened.close();
            return Capability.unavailable("this kernel does not count for how long a thread waits for a vCPU", "");
        }
        return Capability.available(opened);
    }
}
