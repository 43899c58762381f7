package io.vperf.pauses;

/**
 * A stretch in which the JVM kept its Java threads from running. Times are on the scale of the run's wall clock.
 *
 * @param beginNs from here on threads in Java code were asked to stop, each at its next poll
 * @param stoppedNs from here on none ran
 * @param letGoNs until here none ran. The JVM tells since JDK 25; where it does not this is endNs, and too late by as much
 * @param endNs all had been let go, and the VM thread got to read the clock: on a busy machine it may have had to wait for a vCPU,
 *     milliseconds, while threads ran already
 * @param operation what for, as the JVM names it: {@code G1CollectForAllocation}, {@code ThreadDump}
 */
public record Pause(long beginNs, long stoppedNs, long letGoNs, long endNs, PauseKind kind, String operation) {

    public long lengthNs() {
        return endNs - beginNs;
    }

    Pause shifted(long byNs) {
        return new Pause(beginNs + byNs, stoppedNs + byNs, letGoNs + byNs, endNs + byNs, kind, operation);
    }
}
