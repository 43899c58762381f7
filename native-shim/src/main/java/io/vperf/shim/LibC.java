package io.vperf.shim;

import jnr.ffi.annotations.IgnoreError;

/**
 * The C library's functions, as JNR-FFI calls them. Memory is passed as an address ({@link NativeMemory#address()}):
 * only calls with nothing but primitives are compiled to plain machine code, 2 ns above the C cost.
 *
 * <p>Where errno is not kept ({@link IgnoreError}) a failure says only that it failed.
 */
public interface LibC {

    int CLOCK_MONOTONIC = 1;
    int CLOCK_THREAD_CPUTIME_ID = 3;

    /**
     * Reads a clock.
     *
     * @param timespecAddress 16 bytes: seconds, then nanoseconds, both 64 bits
     * @return 0, or -1 where the kernel has no such clock
     */
    @IgnoreError
    int clock_gettime(int clockId, long timespecAddress);

    /** The vCPU the thread runs on, possibly another one by the time this returns; -1 on failure. */
    @IgnoreError
    int sched_getcpu();

    /**
     * Keeps a thread on some vCPUs.
     *
     * @param threadId 0 is the caller
     * @param maskBytes size of the mask
     * @param maskAddress bit n of the mask stands for vCPU n
     * @return 0, or -1 with errno set
     */
    int sched_setaffinity(int threadId, long maskBytes, long maskAddress);

    /** Changes what may be done with whole pages; 0, or -1 with errno set. */
    int mprotect(long address, long bytes, long protection);

    /** What the kernel told this process at its start ({@code AT_…}), or 0. */
    @IgnoreError
    long getauxval(long type);

    /** The calling thread's handle; with glibc and musl on x86-64 this is its thread pointer. */
    @IgnoreError
    long pthread_self();

    /**
     * A system call by its number. Variadic in C; on x86-64 and aarch64 Linux, variadic integers travel in the same
     * registers as named ones.
     *
     * @return what it returns, or -1 with errno set
     */
    long syscall(long number, long a, long b, long c, long d, long e);
}
