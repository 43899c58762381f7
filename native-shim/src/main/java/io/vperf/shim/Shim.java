package io.vperf.shim;

import jnr.ffi.annotations.IgnoreError;

/**
 * The C shim's functions, as JNR-FFI calls them. The headers in {@code src/main/c} hold their contracts; any thread
 * may call any of them at any time.
 */
public interface Shim {

    /** The twin of VPERF_ABI_VERSION in {@code vperf_version.h}. */
    int ABI_VERSION = 3;

    @IgnoreError
    int vperf_abi_version();

    /**
     * One leaf of the processor's description of itself.
     *
     * @param addressOf4Ints where EAX, EBX, ECX and EDX go
     * @return 0, or -38 (ENOSYS) where the processor is not x86-64
     */
    @IgnoreError
    int vperf_cpuid(int leaf, int subleaf, long addressOf4Ints);

    /** Ticks of the processor's time counter; their rate is {@link #vperf_tsc_hz()} or has to be measured. */
    @IgnoreError
    long vperf_tsc();

    /**
     * The same, and the vCPU it was read on, in one instruction.
     *
     * <p>On x86-64 the caller has made sure of RDTSCP (CPUID 0x80000001, EDX bit 27): without it the process dies.
     *
     * @param addressOfInt where the vCPU's number goes; -1 on aarch64
     */
    @IgnoreError
    long vperf_tsc_and_vcpu(long addressOfInt);

    /** Ticks per second, or -38 (ENOSYS) on x86-64, which does not state them. */
    @IgnoreError
    long vperf_tsc_hz();

    /** The native thread's thread pointer; glibc's rseq area lies at this plus {@code __rseq_offset}. */
    @IgnoreError
    long vperf_thread_pointer();

    /**
     * Wall time, vCPU and all counters of the calling thread.
     *
     * @param counters the address of a {@code struct vperf_counters}
     * @param wallLast not 0 to read the wall time after the counters, 0 to read it before them
     * @param out the address of as many words as {@code vperf_counters.h} says
     * @return 0, or a negative errno, and {@code out} is then no reading
     */
    @IgnoreError
    int vperf_counters_read(long counters, int wallLast, long out);

    /** A loop of so many turns, at least 1, of two instructions each. */
    @IgnoreError
    void vperf_work_turns(long turns);

    /**
     * Writes and branches without order.
     *
     * @param memory the address of the words
     * @param words how many there are, a power of two
     * @return something made of every step
     */
    @IgnoreError
    long vperf_work_stir(long memory, long words, long steps);

    /**
     * RDPMC with an index as it is. Ends the process where nothing answers to that index: {@code vperf_pmc_raw.h}.
     *
     * @param addressOfLong where what it answers goes
     * @return 0, or -38 (ENOSYS) where the processor is not x86-64
     */
    @IgnoreError
    int vperf_pmc_raw(int index, long addressOfLong);
}
