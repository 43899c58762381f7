package io.vperf.shim;

import java.nio.file.Path;

/**
 * Opens a {@link TaskClock} for each native thread that asks, as long as there are descriptors for it. What it needs is
 * what {@link PerfPages} need, but for the locked memory. Any thread may call.
 */
public final class TaskClocks {

    private static final long OPEN_X86_64 = 298;
    private static final long OPEN_AARCH64 = 241;

    private static final int THIS_THREAD = 0;
    private static final int ANY_VCPU = -1;
    private static final int NO_GROUP = -1;
    private static final long CLOSE_ON_EXEC = 8;

    private final Natives natives;
    private final HeldDescriptor.Pool pool;
    private final long perfEventOpen;
    private final NativeMemory attributes;
    private final PerfRefusal refusal;
    private final Errno errno;

    public TaskClocks(Natives natives, Descriptors descriptors) {
        this.natives = natives;
        pool = new HeldDescriptor.Pool(natives, descriptors, TaskClock.BYTES);
        perfEventOpen = System.getProperty("os.arch", "").equals("aarch64") ? OPEN_AARCH64 : OPEN_X86_64;
        attributes = PerfAttributes.taskClock(natives);
        refusal = new PerfRefusal(Path.of("/proc"));
        errno = new Errno(natives.libc());
    }

    /** For the calling native thread (under a virtual thread: its carrier), or why not. */
    public Capability<TaskClock> open() {
        if (!pool.take()) {
            return Capability.unavailable(HeldDescriptor.Pool.NONE_LEFT, HeldDescriptor.Pool.REMEDY);
        }
        LibC libc = natives.libc();
        long fd = libc.syscall(perfEventOpen, attributes.address(), THIS_THREAD, ANY_VCPU, NO_GROUP, CLOSE_ON_EXEC, 0);
        if (fd < 0) {
            int failure = errno.last();
            pool.giveBack();
            return refusal.ofEvent(failure);
        }
        return Capability.available(new TaskClock(libc, pool.hold((int) fd)));
    }
}
