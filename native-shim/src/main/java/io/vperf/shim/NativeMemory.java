package io.vperf.shim;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A small block of memory outside the heap, for calls that fill or read a structure. It is never freed, as a reading of a
 * thread that is done with it must not end the process, but used again.
 *
 * <p>Made by {@link Natives#allocate}, since nothing here works before jffi is loaded. The buffer is read and written
 * without {@code sun.misc.Unsafe}, about which JDK 24 and newer warn, and does not count as direct memory, whose limit
 * is the application's.
 *
 * @param buffer the block, in the processor's byte order
 * @param address where it begins, a multiple of 16
 */
public record NativeMemory(ByteBuffer buffer, long address) {

    static NativeMemory allocate(int bytes) {
        long address = MemoryIO.getInstance().allocateMemory(bytes, true);
        if (address == 0) {
            throw new OutOfMemoryError("malloc refused " + bytes + " bytes");
        }
        return new NativeMemory(view(address, bytes), address);
    }

    /** As {@link #allocate(int)}, beginning at a multiple of {@code alignment}, a power of two. */
    static NativeMemory allocate(int bytes, int alignment) {
        NativeMemory block = allocate(bytes + alignment);
        long address = (block.address + alignment - 1) & -alignment;
        return new NativeMemory(view(address, bytes), address);
    }

    void clear() {
        buffer.put(0, new byte[buffer.capacity()]);
    }

    static ByteBuffer view(long address, int bytes) {
        return MemoryIO.getInstance().newDirectByteBuffer(address, bytes).order(ByteOrder.nativeOrder());
    }
}
