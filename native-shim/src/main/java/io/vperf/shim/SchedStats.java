package io.vperf.shim;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

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
    private final Descriptors descriptors;
    private final long openat;
    private final NativeMemory path;
    private final Errno errno;

    /** Memory of those that were closed, to be used again: it can never be given back. */
    private final Queue<NativeMemory> free = new ConcurrentLinkedQueue<>();

    public SchedStats(Natives natives, Descriptors descriptors) {
        this.natives = natives;
        this.descriptors = descriptors;
        openat = System.getProperty("os.arch", "").equals("aarch64") ? OPENAT_AARCH64 : OPENAT_X86_64;
        path = natives.allocate(PATH.length);
        path.buffer().put(0, PATH);
        errno = new Errno(natives.libc());
    }

    /** For the calling native thread (under a virtual thread: its carrier), or why not. */
    public Capability<SchedStat> open() {
        if (!descriptors.take()) {
            return Capability.unavailable("as many file descriptors as vperf allows itself are open", "");
        }
        int fd = (int) natives.libc().syscall(openat, AT_FDCWD, path.address(), O_CLOEXEC, 0, 0, 0);
        if (fd < 0) {
            int failure = errno.last();
            descriptors.giveBack();
            return Capability.unavailable("/proc/thread-self/schedstat: " + Errno.name(failure), "");
        }
        NativeMemory used = free.poll();
        SchedStat opened =
                new SchedStat(this, natives.libc(), fd, used != null ? used : natives.allocate(SchedStat.BYTES));
        if (!opened.isCounting()) {
            opened.close();
            return Capability.unavailable("this kernel does not count for how long a thread waits for a vCPU", "");
        }
        return Capability.available(opened);
    }

    void closed(NativeMemory memory) {
        free.add(memory);
        descriptors.giveBack();
    }
}
