package io.vperf.shim;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens a {@link SchedStat} for each native thread that asks, up to a number: each holds a file descriptor. Any thread may
 * call. Needs Linux 3.17 and CONFIG_SCHED_INFO.
 */
public final class SchedStats {

    private static final byte[] PATH = "/proc/thread-self/schedstat\0".getBytes(StandardCharsets.US_ASCII);

    private static final int AT_FDCWD = -100;
    private static final int O_CLOEXEC = 0x80000;

    private static final long OPENAT_X86_64 = 257;
    private static final long OPENAT_AARCH64 = 56;

    private final Natives natives;
    private final int most;
    private final long openat;
    private final NativeMemory path;
    private final Errno errno;
    private final AtomicInteger open = new AtomicInteger();

    /** Memory of those that were closed, to be used again: it can never be given back. */
    private final Queue<NativeMemory> free = new ConcurrentLinkedQueue<>();

    /**
     * @param most how many may be open at a time
     */
    public SchedStats(Natives natives, int most) {
        this.natives = natives;
        this.most = most;
        openat = System.getProperty("os.arch", "").equals("aarch64") ? OPENAT_AARCH64 : OPENAT_X86_64;
        path = natives.allocate(PATH.length);
        path.buffer().put(0, PATH);
        errno = new Errno(natives.libc());
    }

    /** For the calling native thread (under a virtual thread: its carrier), or why not. */
    public Capability<SchedStat> open() {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return Capability.unavailable("as many threads as are allowed to keep their schedstat open", "");
        }
        int fd = (int) natives.libc().syscall(openat, AT_FDCWD, path.address(), O_CLOEXEC, 0, 0, 0);
        if (fd < 0) {
            int failure = errno.last();
            open.decrementAndGet();
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
        open.decrementAndGet();
    }
}
