package io.vperf.shim;

/**
 * Opens a {@link SchedStat} for each native thread that asks, as long as there are descriptors for it. Any thread may
 * call. Needs Linux 3.17 and CONFIG_SCHED_INFO.
 */
public final class SchedStats {

    private static final String PATH = "/proc/thread-self/schedstat";

    private final Natives natives;
    private final HeldDescriptor.Pool pool;
    private final OpenedFile file;

    public SchedStats(Natives natives, Descriptors descriptors) {
        this.natives = natives;
        pool = new HeldDescriptor.Pool(natives, descriptors, SchedStat.BYTES);
        file = new OpenedFile(natives, PATH);
    }

    /** For the calling native thread (under a virtual thread: its carrier), or why not. */
    public Capability<SchedStat> open() {
        if (!pool.take()) {
            return Capability.unavailable(HeldDescriptor.Pool.NONE_LEFT, HeldDescriptor.Pool.REMEDY);
        }
        int fd = file.open();
        if (fd < 0) {
            pool.giveBack();
            return Capability.unavailable(PATH + ": " + Errno.name(-fd), "");
        }
        SchedStat opened = new SchedStat(natives.libc(), pool.hold(fd));
        if (!opened.isCounting()) {
            opened.close();
            return Capability.unavailable("this kernel does not count for how long a thread waits for a vCPU", "");
        }
        return Capability.available(opened);
    }
}
