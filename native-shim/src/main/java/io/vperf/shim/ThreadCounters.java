package io.vperf.shim;

import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;

/**
 * The counters of one native thread. Made by {@link Counters#open()} on that thread and read by it alone, without
 * allocation; closed by any once it has ended, or reads no more.
 */
public final class ThreadCounters implements AutoCloseable {

    private static final int WALL_LAST = 1;
    private static final int WALL_FIRST = 0;

    /** What a reading answers after {@link #close}. */
    private static final int CLOSED = -9; // EBADF

    private final Shim shim;
    private final NativeMemory memory;
    private final long structAddress;
    private final long outAddress;
    private final LongBuffer out;
    private final int words;
    private final List<CounterGroup> groups;
    private final Natives natives;
    private boolean closed;

    ThreadCounters(Shim shim, NativeMemory memory, int outAt, int events, List<CounterGroup> groups, Natives natives) {
        this.shim = shim;
        this.memory = memory;
        structAddress = memory.address();
        outAddress = memory.address() + outAt;
        words = CounterReading.words(events);
        out = memory.buffer()
                .slice(outAt, words * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        this.groups = groups;
        this.natives = natives;
    }

    /**
     * A reading whose wall time is the last of it: what follows is measured without the reading itself.
     *
     * @param reading where it goes, {@link CounterReading#words} from {@code at} on
     * @return 0, or a negative errno, and the array is as it was
     */
    public int readAtEntry(long[] reading, int at) {
        return read(WALL_LAST, reading, at);
    }

    /** As {@link #readAtEntry}, with the wall time first. */
    public int readAtExit(long[] reading, int at) {
        return read(WALL_FIRST, reading, at);
    }

    private int read(int wallLast, long[] reading, int at) {
        if (closed) {
            return CLOSED;
        }
        int status = shim.vperf_counters_read(structAddress, wallLast, outAddress);
        if (status == 0) {
            out.get(0, reading, at, words);
        }
        return status;
    }

    /** Whether any of them is read in user space. */
    public boolean isReadInUserSpace() {
        return groups.stream().anyMatch(group -> group.page(0) != 0);
    }

    /** How many groups there are; each of them that is not read in user space costs a system call. */
    public int groups() {
        return groups.size();
    }

    /** Once is enough, twice does no harm. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            groups.forEach(CounterGroup::close);
            natives.giveBack(memory);
        }
    }
}
