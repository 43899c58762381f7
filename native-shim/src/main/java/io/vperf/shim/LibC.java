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

    /** As CLOCK_MONOTONIC, but never slewed by NTP. */
    int CLOCK_MONOTONIC_RAW = 4;

    int RUSAGE_THREAD = 1;

    /** Size of a {@code struct rusage}, and where it counts voluntary and involuntary switches, in 64 bits. */
    int RUSAGE_BYTES = 144;

    int RUSAGE_NVCSW = 128;
    int RUSAGE_NIVCSW = 136;

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
     * The vCPUs a thread may run on.
     *
     * @param threadId 0 is the caller
     * @param maskBytes size of the mask, at least the kernel's own
     * @param maskAddress bit n of the mask is set for vCPU n
     * @return 0, or -1 where the kernel's mask is larger
     */
    @IgnoreError
    int sched_getaffinity(int threadId, long maskBytes, long maskAddress);

    /**
     * Keeps a thread on some vCPUs.
     *
     * @param threadId 0 is the caller
     * @param maskBytes size of the mask
     * @param maskAddress bit n of the mask stands for vCPU n
     * @return 0, or -1 with errno set
     */
    int sched_setaffinity(int threadId, long maskBytes, long maskAddress);

    /**
     * What a thread or process has used so far.
     *
     * @param who {@link #RUSAGE_THREAD}: the calling native thread
     * @param rusageAddress 144 bytes; the last two words of 64 bits count context switches: voluntary, involuntary
     * @return 0, or -1 where {@code who} is unknown
     */
    @IgnoreError
    int getrusage(int who, long rusageAddress);

    /** Reads from a position in a file; how many bytes, or -1 with errno set. */
    long pread(int fd, long address, long bytes, long position);

    /** Reads from where a file stands; how many bytes, or -1. */
    @IgnoreError
    long read(int fd, long address, long bytes);

    /**
     * Sleeps.
     *
     * @param micros less than a million
     * @return 0, or -1 if a signal came first
     */
    @IgnoreError
    int usleep(int micros);

    /** A timer that is read as a file; its descriptor, or -1 with errno set. Closed on exec with {@code flags} 0x80000. */
    int timerfd_create(int clockId, int flags);

    /**
     * Sets a timer.
     *
     * @param flags 0: the first expiry is that long from now
     * @param newAddress 32 bytes: the time between two expiries, then the first one; each seconds, then nanoseconds
     * @param oldAddress 0
     * @return 0, or -1
     */
    @IgnoreError
    int timerfd_settime(int fd, int flags, long newAddress, long oldAddress);

    /** Gives a mapping back; an access afterwards ends the process. 0, or -1. */
    @IgnoreError
    int munmap(long address, long length);

    /** 0, or -1; the number is free again in either case (Linux). */
    @IgnoreError
    int close(int fd);

    /**
     * A system call the C library has no function for.
     *
     * <p>The C function is variadic and is called here as if it were not. The calling conventions of Linux on x86-64
     * and aarch64 pass whole numbers alike in both cases; x86-64's AL, which counts the vector registers in use, is
     * looked at for floating-point arguments only.
     *
     * <p>It takes all seven parameters because six would be wrong: the code JNR-FFI 2.3.4 makes on x86-64 for a function
     * of six whole numbers hands over its own return address as the sixth ({@code X86_64StubCompiler}). A function of
     * more is called another way: right, some 300 ns dearer, and with garbage of a few dozen bytes.
     *
     * @param number the call's number, which depends on the processor
     * @return the call's result, or -1 with errno set
     */
    long syscall(long number, long a, long b, long c, long d, long e, long f);

    /** Changes what may be done with whole pages; 0, or -1 with errno set. */
    int mprotect(long address, long bytes, long protection);

    /** What the kernel told this process at its start ({@code AT_…}), or 0. */
    @IgnoreError
    long getauxval(long type);

    /** The calling thread's handle; with glibc and musl on x86-64 this is its thread pointer. */
    @IgnoreError
    long pthread_self();
}
