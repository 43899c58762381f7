package io.vperf.steal;

import io.vperf.sim.Guest;
import java.util.ArrayList;
import java.util.List;

/**
 * Steal by proportional share alone: of what a vCPU's counter grew by between two samples, a call gets the part that its
 * CPU time makes of the vCPU's busy time. To compare with.
 */
final class ShareOnly {

    /** Per vCPU: time, steal and busy ticks of each sample. */
    private final List<List<long[]>> samples = new ArrayList<>();

    private final boolean excludesSteal;

    ShareOnly(int vcpus, boolean excludesSteal) {
        this.excludesSteal = excludesSteal;
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            samples.add(new ArrayList<>());
        }
    }

    void sample(Guest guest, long nowNs) {
        for (int vcpu = 0; vcpu < samples.size(); vcpu++) {
            samples.get(vcpu).add(new long[] {nowNs, guest.stealTicks(vcpu), guest.busyTicks(vcpu)});
        }
    }

    long stolenNs(CallLog calls, int index) {
        double perWall = (double) calls.cpuNs(index) / Math.max(1, calls.wallNs(index));
        long entryNs = calls.entryNs(index);
        long exitNs = calls.exitNs(index);
        double first = stolenNs(calls.vcpuAtEntry(index), entryNs, exitNs, perWall);
        double second = calls.vcpuAtExit(index) == calls.vcpuAtEntry(index)
                ? first
                : stolenNs(calls.vcpuAtExit(index), entryNs, exitNs, perWall);
        return Math.min(calls.wallNs(index), (long) ((first + second) / 2));
    }

    private double stolenNs(int vcpu, long entryNs, long exitNs, double perWall) {
        List<long[]> of = samples.get(vcpu);
        double sumNs = 0;
        for (int i = Math.max(1, firstAfter(of, entryNs)); i < of.size() && of.get(i - 1)[0] < exitNs; i++) {
            long[] from = of.get(i - 1);
            long[] to = of.get(i);
            long overlapNs = Math.min(exitNs, to[0]) - Math.max(entryNs, from[0]);
            long stealTicks = to[1] - from[1];
            long busyTicks = to[2] - from[2] + (excludesSteal ? 0 : stealTicks);
            double ofBusy = overlapNs * perWall / (Math.max(1, busyTicks) * (double) VcpuTimeline.TICK_NS);
            sumNs += stealTicks * VcpuTimeline.TICK_NS * Math.min(1, ofBusy);
        }
        return sumNs;
    }

    private static int firstAfter(List<long[]> of, long ns) {
        int low = 0;
        int high = of.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (of.get(middle)[0] > ns) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
