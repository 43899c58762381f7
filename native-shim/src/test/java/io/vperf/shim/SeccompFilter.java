package io.vperf.shim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;

/**
 * Makes one system call fail for the calling native thread, as a container's seccomp filter does for all. It cannot be
 * taken off again and goes with the thread.
 */
final class SeccompFilter {

    private static final boolean X86 = System.getProperty("os.arch", "").equals("amd64");
    private static final long PRCTL = X86 ? 157 : 167;
    private static final long SECCOMP = X86 ? 317 : 277;
    private static final long NO_NEW_PRIVS = 38;
    private static final long SET_MODE_FILTER = 1;

    static final int PERF_EVENT_OPEN = X86 ? 298 : 241;
    static final int MMAP = X86 ? 9 : 222;
    static final int RSEQ = X86 ? 334 : 293;

    /** {@code struct seccomp_data}: the call's number, then the processor, an address, six arguments of 64 bits. */
    private static final int NUMBER = 0;

    private static final int FD = 16 + 4 * 8;

    private static final short LOAD_WORD = 0x20;
    private static final short JUMP_IF_EQUAL = 0x15;
    private static final short RETURN = 0x06;
    private static final int ALLOW = 0x7fff0000;
    private static final int FAIL = 0x00050000;

    private SeccompFilter() {}

    /** A call of this number fails, unless its fifth argument (mmap's descriptor) is -1. Skips the test if it cannot be. */
    static void refuse(Natives natives, int number, int errno) {
        NativeMemory code = natives.allocate(6 * 8);
        instruction(code.buffer(), LOAD_WORD, 0, 0, NUMBER);
        instruction(code.buffer(), JUMP_IF_EQUAL, 0, 2, number);
        instruction(code.buffer(), LOAD_WORD, 0, 0, FD);
        instruction(code.buffer(), JUMP_IF_EQUAL, 0, 1, -1);
        instruction(code.buffer(), RETURN, 0, 0, ALLOW);
        instruction(code.buffer(), RETURN, 0, 0, FAIL | errno);
        NativeMemory program = natives.allocate(16);
        program.buffer().putShort(0, (short) 6).putLong(8, code.address());
        LibC libc = natives.libc();
        boolean set = libc.syscall(PRCTL, NO_NEW_PRIVS, 1, 0, 0, 0, 0) == 0
                && libc.syscall(SECCOMP, SET_MODE_FILTER, 0, program.address(), 0, 0, 0) == 0;
        assumeTrue(set, () -> "no seccomp filter: " + Errno.name(new Errno(libc).last()));
    }

    private static void instruction(ByteBuffer code, short operation, int ifTrue, int ifFalse, int operand) {
        code.putShort(operation).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
    }
}
