package io.vperf.shim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Words for which threads wait until they change, by {@code futex(2)}. The JVM knows nothing of that: to it the thread is in
 * native code, and neither waiting nor interrupted; a virtual thread waits with its carrier.
 */
public final class Futex {

    /** Who shares a word with others may be woken in their place, or they in its. A power of two. */
    public static final int WORDS = 64;

    /** Apart by as much, so that no two are in one cache line. */
    private static final int BYTES = 64;

    private static final int WAIT_PRIVATE = 128;
    private static final int WAKE_PRIVATE = 129;

    /** Who was not woken looks after that long, in nanoseconds. */
    private static final long AT_MOST_NS = 1_000_000;

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** Null as long as no native code is loaded. */
    private static volatile @Nullable Futex loaded;

    private final LibC libc;
    private final long number;
    private final NativeMemory words = NativeMemory.allocate(WORDS * BYTES, BYTES);
    private final NativeMemory atMost = NativeMemory.allocate(16);

    private Futex(LibC libc, long number) {
        this.libc = libc;
        this.number = number;
        atMost.buffer().putLong(8, AT_MOST_NS);
    }

    private long address(int word) {
        return words.address() + (long) word * BYTES;
    }

    static void by(LibC libc) {
        switch (System.getProperty("os.arch")) {
            case "amd64" -> loaded = new Futex(libc, 202);
            case "aarch64" -> loaded = new Futex(libc, 98);
            default -> {}
        }
    }

    /** What a word is now, to be told to {@link #await}. */
    public static int value(int word) {
        Futex futex = loaded;
        return futex == null ? 0 : (int) WORD.getVolatile(futex.words.buffer(), word * BYTES);
    }

    /**
     * Waits until the word is another than it was, for a millisecond at most; may return before. As long as no native code is
     * loaded it is a wait that the JVM counts.
     *
     * @return whether {@link #change} has woken it
     */
    public static boolean await(int word, int value) {
        Futex futex = loaded;
        if (futex == null) {
            LockSupport.parkNanos(AT_MOST_NS / 10);
            return false;
        }
        long failed = futex.libc.syscall(
                futex.number, futex.address(word), WAIT_PRIVATE, value, futex.atMost.address(), 0, 0);
        return failed == 0;
    }

    /** Changes a word, and wakes one of those that wait for that. */
    public static void change(int word) {
        Futex futex = loaded;
        if (futex != null) {
            WORD.getAndAdd(futex.words.buffer(), word * BYTES, 1);
            long ignored = futex.libc.syscall(futex.number, futex.address(word), WAKE_PRIVATE, 1, 0, 0, 0);
        }
    }
}
