package io.vperf.steal;

/** The counters of a vCPU that was never idle, in windows of 100 ms. */
final class BusyVcpu {

    private static final long TICK = VcpuTimeline.TICK_NS;

    final VcpuTimeline timeline = new VcpuTimeline();
    private long ticks;
    private long steal;

    /** So many ticks were stolen in each. */
    void windows(int... stealTicks) {
        sample();
        for (int stolen : stealTicks) {
            ticks += 10;
            steal += stolen;
            sample();
        }
    }

    private void sample() {
        timeline.add(ticks * TICK, steal, ticks - steal, ticks);
    }
}
