package io.vperf.clock;

import io.vperf.shim.Capability;
import io.vperf.shim.PerfPage;
import io.vperf.shim.Rseq;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Eight bytes of memory that the kernel changes when it switches a native thread out, and that cost a nanosecond to look
 * at. Armed and looked at by that thread alone.
 */
class SwitchSign {

    /** To look at a sign: what precedes in program order is done before, which a plain read would not promise. */
    static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private final int at;
    private final @Nullable Long standing;
    private final Runnable close;

    /**
     * A sign in memory that the kernel writes.
     *
     * @param memory gone when the native thread has ended
     * @param at the sign's offset, a multiple of 8
     * @param standing what to store, which the kernel overwrites; null where the kernel writes another value at each switch
     * @param close gives the memory back when the native thread has ended
     */
    SwitchSign(ByteBuffer memory, int at, @Nullable Long standing, Runnable close) {
        this.memory = memory.order(ByteOrder.nativeOrder());
        this.at = at;
        this.standing = standing;
        this.close = close;
    }

    /** The kernel clears {@code rseq_cs}. */
    static SwitchSign of(Rseq.Area area, long descriptor) {
        return new SwitchSign(area.buffer(), Rseq.CS, descriptor, () -> {});
    }

    /** The kernel writes the page's {@code lock} anew; the four bytes behind it change with it or not at all. */
    static SwitchSign of(PerfPage page) {
        return new SwitchSign(page.buffer(), PerfPage.LOCK_OFFSET, null, page::close);
    }

    /** Puts the sign up; answers what {@link #value} is until the next switch. */
    long rearm() {
        if (standing == null) {
            return value();
        }
        LONG.setVolatile(memory, at, (long) standing);
        return standing;
    }

    long value() {
        return (long) LONG.getVolatile(memory, at);
    }

    final ByteBuffer memory() {
        return memory;
    }

    final int at() {
        return at;
    }

    /** Called once, by any thread, when the native thread has ended. */
    final void close() {
        close.run();
    }

    /** Makes signs for native threads. */
    interface Source {

        /** For the calling native thread, or why there is none. */
        Capability<SwitchSign> forThisThread();
    }
}
