package io.vperf.explain;

/**
 * What is known of a call's time off the CPU besides its clocks; see {@link io.vperf.clock.OffCpuTimes}.
 *
 * @param runDelayNs surely run delay: of that, what was throttled or stolen is still a part
 * @param unaskedNs of which it is not known whether it was
 * @param monitorNs at the entry to monitors
 * @param waitingNs in wait, park or sleep
 * @param mayHaveBlocked false if it is known that it never gave its vCPU up
 * @param unmountedNs of a virtual thread: on no carrier
 */
public record OffCpu(
        long runDelayNs, long unaskedNs, long monitorNs, long waitingNs, boolean mayHaveBlocked, long unmountedNs) {}
