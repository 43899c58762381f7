package io.vperf.steal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Collects the {@link StealHiccups} of an interval: per vCPU a packed histogram of a few values, steps of 10 ms, and one
 * burst that may go on; and the largest bursts of all. Guarded by the sampler's monitor.
 */
final class HiccupLog {

    private static final int DIGITS = 2;
    private static final long NS_PER_MS = 1_000_000;

    private static final Comparator<Burst> SMALLEST_FIRST =
            Comparator.comparingLong((Burst b) -> b.stolenNs).thenComparingLong(b -> -b.startNs);

    /** In nanoseconds of the sampler's clock. */
    private static final class Burst {

        final int vcpu;
        final long startNs;
        long endNs;
        long stolenNs;

        Burst(int vcpu, long startNs, long endNs, long stolenNs) {
            this.vcpu = vcpu;
            this.startNs = startNs;
            this.endNs = endNs;
            this.stolenNs = stolenNs;
        }
    }

    private @Nullable PackedHistogram[] windows = new PackedHistogram[0];
    private @Nullable Burst[] open = new Burst[0];
    private final PriorityQueue<Burst> largest = new PriorityQueue<>(SMALLEST_FIRST);
    private long leftOut;

    /** A window ended that can be trusted. */
    void window(int vcpu, long startNs, long endNs, long stolenNs) {
        if (vcpu >= windows.length) {
            windows = Arrays.copyOf(windows, vcpu + 1);
            open = Arrays.copyOf(open, vcpu + 1);
        }
        PackedHistogram histogram = windows[vcpu];
        if (histogram == null) {
            histogram = new PackedHistogram(DIGITS);
            windows[vcpu] = histogram;
        }
        histogram.recordValue(stolenNs);
        burst(vcpu, startNs, endNs, stolenNs);
    }

    private void burst(int vcpu, long startNs, long endNs, long stolenNs) {
        boolean dense = stolenNs >= (endNs - startNs) / 2;
        Burst last = open[vcpu];
        if (last != null && dense && last.endNs == startNs) {
            last.endNs = endNs;
            last.stolenNs += stolenNs;
            return;
        }
        close(vcpu);
        if (stolenNs > 0) {
            // Steal that is booked late may have begun before the window.
            Burst burst = new Burst(vcpu, Math.min(startNs, endNs - stolenNs), endNs, stolenNs);
            if (dense) {
                open[vcpu] = burst;
            } else {
                keep(burst);
            }
        }
    }

    private void close(int vcpu) {
        Burst last = open[vcpu];
        if (last != null) {
            open[vcpu] = null;
            keep(last);
        }
    }

    private void keep(Burst burst) {
        largest.add(burst);
        if (largest.size() > StealHiccups.MOST_BURSTS) {
            largest.remove();
            leftOut++;
        }
    }

    /**
     * Ends the interval; a burst that goes on is told of both.
     *
     * @param nowNs by the clock of the windows
     * @param nowMs the same moment since the epoch
     */
    StealHiccups take(long nowNs, long nowMs) {
        List<VcpuHiccups> vcpus = new ArrayList<>();
        for (int vcpu = 0; vcpu < windows.length; vcpu++) {
            close(vcpu);
            PackedHistogram histogram = windows[vcpu];
            if (histogram != null) {
                vcpus.add(new VcpuHiccups(vcpu, histogram));
                windows[vcpu] = null;
            }
        }
        List<Burst> sorted = new ArrayList<>(largest);
        sorted.sort(SMALLEST_FIRST.reversed());
        List<StealBurst> bursts = new ArrayList<>();
        for (Burst b : sorted) {
            bursts.add(new StealBurst(
                    b.vcpu,
                    nowMs - Math.floorDiv(nowNs - b.startNs, NS_PER_MS),
                    (b.endNs - b.startNs) / NS_PER_MS,
                    b.stolenNs / NS_PER_MS));
        }
        StealHiccups taken = new StealHiccups(vcpus, bursts, leftOut);
        largest.clear();
        leftOut = 0;
        return taken;
    }
}
