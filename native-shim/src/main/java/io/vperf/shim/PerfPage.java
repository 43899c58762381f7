package io.vperf.shim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The page the kernel keeps for one native thread's perf event ({@code struct perf_event_mmap_page} of
 * {@code linux/perf_event.h}). Made by {@link PerfPages#open()} on that thread, which alone can conclude anything from
 * it; closed by any thread once that one has ended, or reads it no more.
 *
 * <p>Whenever the thread is switched in, the kernel writes the page anew and adds 2 to the word at {@link #LOCK_OFFSET}.
 * To the thread itself the word is therefore always even, and equal at two looks exactly if it was not switched out in
 * between (short of 2^31 switches).
 */
public final class PerfPage implements AutoCloseable {

    /** Where {@code lock} lies: 32 bits, to be read volatile. */
    public static final int LOCK_OFFSET = 8;

    /** Pages may be larger, the structure is not. The kernel rounds the length up both to map and to unmap. */
    static final int BYTES = 4096;

    private final LibC libc;
    private final long address;
    private final ByteBuffer buffer;
    private boolean closed;

    PerfPage(LibC libc, long address) {
        this.libc = libc;
        this.address = address;
        this.buffer = NativeMemory.view(address, BYTES).asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    /**
     * The page, read-only and in the processor's byte order. A look into it after {@link #close()} ends the process.
     *
     * @throws IllegalStateException if it is closed already
     */
    public synchronized ByteBuffer buffer() {
        if (closed) {
            throw new IllegalStateException("the perf page is closed");
        }
        return buffer;
    }

    /** Gives the page back and ends the event, whose last holder the mapping is. Once is enough, twice does no harm. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            int ignored = libc.munmap(address, BYTES);
        }
    }
}
