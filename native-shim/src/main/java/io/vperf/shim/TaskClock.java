package io.vperf.shim;

import java.nio.ByteBuffer;

/**
 * A perf event that counts the time for which one native thread has been switched in, since it was opened: {@code
 * PERF_COUNT_SW_TASK_CLOCK}. Unlike its CPU time it runs on while the thread's vCPU is stolen, on every kernel, for it is
 * by {@code perf_clock()} and not by the run queue's clock. So wall time less this is for how long the thread was switched
 * out, whatever it waited for.
 *
 * <p>Made by {@link TaskClocks#open()} on that thread and read by it alone; closed by any once it has ended, or reads no more.
 */
public final class TaskClock implements AutoCloseable {

    static final int BYTES = Long.BYTES;

    private final LibC libc;
    private final HeldDescriptor held;
    private final ByteBuffer buffer;

    TaskClock(LibC libc, HeldDescriptor held) {
        this.libc = libc;
        this.held = held;
        this.buffer = held.memory.buffer();
    }

    /** Nanoseconds, or negative if it cannot be told. */
    public long nowNs() {
        return libc.read(held.fd, held.memory.address(), BYTES) == BYTES ? buffer.getLong(0) : -1;
    }

    /** Once is enough, twice does no harm. */
    @Override
    public void close() {
        held.close();
    }
}
