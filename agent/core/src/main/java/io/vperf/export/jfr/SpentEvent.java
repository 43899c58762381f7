package io.vperf.export.jfr;

import io.vperf.explain.Part;
import io.vperf.explain.WallSplit;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** Wall time in parts: see {@link Part}, whose keys these fields are named after. All are unknown where nobody asked. */
abstract class SpentEvent extends VperfEvent {

    @Label("Part: Running")
    @Description("CPU time, less what was stolen where it holds that")
    @Timespan(Timespan.NANOSECONDS)
    long partRunning = Figures.UNKNOWN;

    @Label("Part: Running or Stolen")
    @Description("CPU time that may hold stolen time: steal is unknown")
    @Timespan(Timespan.NANOSECONDS)
    long partRunningOrStolen = Figures.UNKNOWN;

    @Label("Part: Stolen")
    @Description("Taken by the hypervisor, as attributed from the steal counters")
    @Timespan(Timespan.NANOSECONDS)
    long partStolen = Figures.UNKNOWN;

    @Label("Part: Run Delay")
    @Description("Runnable, waiting for a vCPU")
    @Timespan(Timespan.NANOSECONDS)
    long partRunDelay = Figures.UNKNOWN;

    @Label("Part: Throttled")
    @Description("Kept from running by a cgroup's CPU quota")
    @Timespan(Timespan.NANOSECONDS)
    long partThrottled = Figures.UNKNOWN;

    @Label("Part: Monitor")
    @Description("Blocked at the entry to a monitor")
    @Timespan(Timespan.NANOSECONDS)
    long partMonitor = Figures.UNKNOWN;

    @Label("Part: Wait, Park, Sleep")
    @Description("In Object.wait, LockSupport.park or Thread.sleep")
    @Timespan(Timespan.NANOSECONDS)
    long partWaiting = Figures.UNKNOWN;

    @Label("Part: Unmounted")
    @Description("A virtual thread on no carrier")
    @Timespan(Timespan.NANOSECONDS)
    long partUnmounted = Figures.UNKNOWN;

    @Label("Part: Blocked Otherwise")
    @Description("Off the CPU for none of the other reasons: I/O, page faults, native locks")
    @Timespan(Timespan.NANOSECONDS)
    long partBlocked = Figures.UNKNOWN;

    @Label("Part: Off the CPU")
    @Description("Not charged CPU time, and not asked what for")
    @Timespan(Timespan.NANOSECONDS)
    long partOffCpu = Figures.UNKNOWN;

    @Label("Part: Unknown")
    @Description("Of calls whose CPU time is not known")
    @Timespan(Timespan.NANOSECONDS)
    long partUnknown = Figures.UNKNOWN;

    @Label("JVM Paused")
    @Description("For how long the JVM was paused meanwhile: laid over the parts, part of no sum")
    @Timespan(Timespan.NANOSECONDS)
    long jvmPaused = Figures.UNKNOWN;

    @Label("Blocked While Stolen")
    @Description("The most of the blocked time in which any vCPU was being stolen: laid over the parts")
    @Timespan(Timespan.NANOSECONDS)
    long blockedWhileStolen = Figures.UNKNOWN;

    final void spent(@Nullable WallSplit split) {
        if (split == null) {
            return;
        }
        partRunning = split.ns(Part.RUNNING);
        partRunningOrStolen = split.ns(Part.RUNNING_OR_STOLEN);
        partStolen = split.ns(Part.STOLEN);
        partRunDelay = split.ns(Part.RUN_DELAY);
        partThrottled = split.ns(Part.THROTTLED);
        partMonitor = split.ns(Part.MONITOR);
        partWaiting = split.ns(Part.WAITING);
        partUnmounted = split.ns(Part.UNMOUNTED);
        partBlocked = split.ns(Part.BLOCKED);
        partOffCpu = split.ns(Part.OFF_CPU);
        partUnknown = split.ns(Part.UNKNOWN);
        jvmPaused = Figures.of(split.pausedNs());
        blockedWhileStolen = Figures.of(split.blockedWhileStolenNs());
    }
}
