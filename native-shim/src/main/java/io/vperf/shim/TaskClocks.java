package io.vperf.shim;

import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

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
    private final Descriptors descriptors;
    private final long perfEventOpen;
    private final NativeMemory attributes;
    private final PerfRefusal refusal;
    private final Errno errno;

    /** Memory of those that were closed, to be used again: it can never be given back. */
    private final Queue<NativeMemory> free = new ConcurrentLinkedQueue<>();

    public TaskClocks(Natives natives, Descriptors descriptors) {
        this.natives = natives;
        this.descriptors = descriptors;
        perfEventOpen = System.getProperty("os.arch", "").equals("aarch64") ? OPEN_AARCH64 : OPEN_X86_64;
        attributes = PerfAttributes.taskClock(natives);
        refusal = new PerfRefusal(Path.of("/proc"));
        errno = new Errno(natives.libc());
    }

    /** For the calling native thread (under a virtual thread: its carrier), or why not. */
    public Capability<TaskClock> open() {
        if (!descriptors.take()) {
            return Capability.unavailable("as many file descriptors as vperf allows itself are open", "");
        }
        LibC libc = natives.libc();
        long fd = libc.syscall(perfEventOpen, attributes.address(), THIS_THREAD, ANY_VCPU, NO_GROUP, CLOSE_ON_EXEC, 0);
        if (fd < 0) {
            int failure = errno.last();
            descriptors.giveBack();
            return refusal.ofEvent(failure);
        }
        NativeMemory used = free.poll();
        return Capability.available(
                new TaskClock(this, libc, (int) fd, used != null ? used : natives.allocate(TaskClock.BYTES)));
    }

    void closed(NativeMemory memory) {
        free.add(memory);
        descriptors.giveBack();
    }
}
