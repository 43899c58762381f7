package io.vperf.shim;

/**
 * Work whose counts are known, for the calling thread to do between two readings of its counters: what these say of it is
 * what they are worth. Any thread may have it done.
 */
public final class KnownWork {

    /** Of {@link #turns}, each in user space. */
    public static final int INSTRUCTIONS_A_TURN = 2;

    /** Of {@link #turns}; taken in all turns but the last. */
    public static final int BRANCHES_A_TURN = 1;

    private static final int READ_AND_WRITE = 3;
    private static final int PRIVATE_AND_ANONYMOUS = 0x22;

    /** Of what the kernel writes. */
    private static final int KERNEL_SHARE = 64;

    private static final boolean AARCH64 = System.getProperty("os.arch", "").equals("aarch64");

    private final LibC libc;
    private final Shim shim;
    private final long mmap = AARCH64 ? 222 : 9;
    private final long getrandom = AARCH64 ? 278 : 318;

    private KnownWork(LibC libc, Shim shim) {
        this.libc = libc;
        this.shim = shim;
    }

    /** The shim does it; without there is none. */
    public static Capability<KnownWork> of(Natives natives) {
        return natives.shim().then(shim -> Capability.available(new KnownWork(natives.libc(), shim)));
    }

    /** A loop of so many turns, at least 1, and next to nothing besides. */
    public void turns(long turns) {
        shim.vperf_work_turns(turns);
    }

    /**
     * Steps without order through memory that nobody has touched before, after the kernel has written a small part of it: half
     * of their branches are guessed wrong, and page faults on both sides and misses of every cache that is smaller come up.
     *
     * @param bytes a power of two
     * @return false if there is no such memory
     */
    public boolean stir(long bytes, long steps) {
        long memory = libc.syscall(mmap, 0, bytes, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0);
        if (memory == -1) {
            return false;
        }
        long written = libc.syscall(getrandom, memory, bytes / KERNEL_SHARE, 0, 0, 0, 0);
        long ignored = shim.vperf_work_stir(memory, bytes / Long.BYTES, steps);
        return libc.munmap(memory, bytes) == 0 && written > 0;
    }
}
