package io.vperf.clock;

import io.vperf.shim.LibC;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;

/** System calls that block for a moment, each by another way through the kernel. */
public final class BlockingCalls {

    private static final int FUTEX_WAIT_PRIVATE = 128;

    /** A time, what poll and select want behind it, and the word nobody wakes. */
    private final NativeMemory memory;

    private final LibC libc;
    private final Call[] calls;

    private record Call(String name, long number, long a, long b, long c, long d, long e) {}

    public BlockingCalls(Natives natives) {
        libc = natives.libc();
        memory = natives.allocate(64);
        long time = memory.address();
        long word = time + 32;
        boolean x86 = !System.getProperty("os.arch").equals("aarch64");
        calls = new Call[] {
            new Call("nanosleep", x86 ? 35 : 101, time, 0, 0, 0, 0),
            new Call("ppoll", x86 ? 271 : 73, 0, 0, time, 0, 0),
            new Call("futex", x86 ? 202 : 98, word, FUTEX_WAIT_PRIVATE, 0, time, 0),
            new Call("clock_nanosleep", x86 ? 230 : 115, LibC.CLOCK_MONOTONIC, 0, time, 0, 0)
        };
    }

    /** Blocks the caller for at least {@code ns}, below a second, by the n-th way of them. Returns its name. */
    public String block(int n, int ns) {
        Call call = calls[n % calls.length];
        memory.buffer().putLong(0, 0).putLong(8, ns); // ppoll leaves there what was left
        long ignored = libc.syscall(call.number, call.a, call.b, call.c, call.d, call.e, 0);
        return call.name;
    }
}
