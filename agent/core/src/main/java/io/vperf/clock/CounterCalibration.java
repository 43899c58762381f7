package io.vperf.clock;

import io.vperf.shim.Capability;
import java.util.List;
import java.util.Locale;

/**
 * What the start has shown of the time counter: two pairs of the same vCPU, some milliseconds apart, which give its rate.
 *
 * @param vcpus how many were compared
 */
record CounterCalibration(TickPair start, TickPair end, int vcpus) {

    /** Two roundings of the kernel's and one of ours. */
    private static final long ROUNDING_NS = 10;

    /** Leaves room below {@link Segment#MOST_NS_PER_TICK} for corrections. Coarser counters are of no use anyway. */
    private static final double MOST_NS_PER_TICK = 60;

    /** A pair and where it was taken. */
    record OnVcpu(int vcpu, TickPair pair) {}

    /**
     * Compares the vCPUs. The first and the last pair must be of one vCPU and draw the line; a pair taken elsewhere in between
     * must lie on it as closely as the pairs' widths allow, else that vCPU's counter is set differently.
     *
     * <p>Where the kernel itself counts by the raw counter (clock source tsc) an offset would move both clocks alike: there
     * the kernel's own trial, when each vCPU came up, stands in for this one. It tells where the kernel corrects each vCPU
     * (kvm-clock).
     */
    static Capability<CounterCalibration> of(List<OnVcpu> seen) {
        OnVcpu first = seen.get(0);
        TickPair start = first.pair();
        TickPair end = seen.get(seen.size() - 1).pair();
        double nsPerTick = end.nsPerTickSince(start);
        // Negated, for a counter that stood still gives an infinite rate or none.
        if (!(nsPerTick > 0 && nsPerTick < MOST_NS_PER_TICK)) {
            return Capability.unavailable(
                    String.format(
                            Locale.ROOT,
                            "the counter made %d steps in %d ns; 16.7 MHz or more are of use",
                            end.ticks() - start.ticks(),
                            end.ns() - start.ns()),
                    "");
        }
        long lineNs = Math.max(start.widthNs(), end.widthNs());
        for (OnVcpu other : seen) {
            TickPair pair = other.pair();
            double offNs = (pair.ticks() - start.ticks()) * nsPerTick - (pair.ns() - start.ns());
            double allowedNs = (pair.widthNs() + lineNs) / 2.0 + ROUNDING_NS + nsPerTick;
            if (Math.abs(offNs) > allowedNs) {
                return Capability.unavailable(
                        String.format(
                                Locale.ROOT,
                                "vCPU %d's counter is %.0f ns off vCPU %d's, of which the readings explain %.0f",
                                other.vcpu(),
                                offNs,
                                first.vcpu(),
                                allowedNs),
                        "");
            }
        }
        long vcpus = seen.stream().map(OnVcpu::vcpu).distinct().count();
        return Capability.available(new CounterCalibration(start, end, (int) vcpus));
    }
}
