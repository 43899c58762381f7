package io.vperf.explain;

import java.util.EnumMap;
import java.util.Map;

/** Adds up the parts of one method's outermost calls in one interval. Guarded by whoever owns it. */
public final class SplitSums {

    private static final Part[] PARTS = Part.values();

    private final long[] ns = new long[PARTS.length];

    // Of calls that nobody asked about: they are too short, or ought to have been corrected.
    private long shortOnCpuNs;
    private long uncorrectedOnCpuNs;
    private long unaskedOffCpuNs;

    private long pausedNs;
    private long blockedWhileStolenNs;
    private boolean pausesUnknown;
    private boolean whileStolenUnknown;

    /** A long call. */
    public void add(CallSplit call, long weight) {
        for (Part part : PARTS) {
            ns[part.at()] += call.ns(part) * weight;
        }
        pausesUnknown |= call.pausedNs() == CallSplit.UNKNOWN;
        pausedNs += call.pausedNs() * weight;
        whileStolenUnknown |= call.blockedWhileStolenNs() == CallSplit.UNKNOWN;
        blockedWhileStolenNs += call.blockedWhileStolenNs() * weight;
    }

    /** A short one. */
    public void addShort(long wallNs, long cpuNs, long weight) {
        long onCpuNs = Math.min(wallNs, cpuNs);
        shortOnCpuNs += onCpuNs * weight;
        unaskedOffCpuNs += (wallNs - onCpuNs) * weight;
    }

    /** One that ought to have been corrected. */
    public void addUncorrected(long wallNs, long cpuNs, long weight) {
        long onCpuNs = Math.min(wallNs, cpuNs);
        uncorrectedOnCpuNs += onCpuNs * weight;
        unaskedOffCpuNs += (wallNs - onCpuNs) * weight;
    }

    /** Short ones that were on the CPU all the time. */
    public void addRunning(long wallNs) {
        shortOnCpuNs += wallNs;
    }

    /** One of unknown CPU time. */
    public void addUnknown(long wallNs, long weight) {
        ns[Part.UNKNOWN.at()] += wallNs * weight;
    }

    /**
     * Takes the sums out, and begins anew.
     *
     * @param shortRunning whether what short calls were charged surely holds no steal
     * @param excludesSteal whether what any call is charged surely holds none
     */
    public WallSplit take(boolean shortRunning, boolean excludesSteal) {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        for (Part part : PARTS) {
            parts.put(part, ns[part.at()]);
            ns[part.at()] = 0;
        }
        parts.merge(shortRunning ? Part.RUNNING : Part.RUNNING_OR_STOLEN, shortOnCpuNs, Long::sum);
        parts.merge(excludesSteal ? Part.RUNNING : Part.RUNNING_OR_STOLEN, uncorrectedOnCpuNs, Long::sum);
        parts.merge(Part.OFF_CPU, unaskedOffCpuNs, Long::sum);
        WallSplit taken = new WallSplit(
                parts,
                pausesUnknown ? null : Long.valueOf(pausedNs),
                whileStolenUnknown ? null : Long.valueOf(blockedWhileStolenNs));
        shortOnCpuNs = 0;
        uncorrectedOnCpuNs = 0;
        unaskedOffCpuNs = 0;
        pausedNs = 0;
        blockedWhileStolenNs = 0;
        pausesUnknown = false;
        whileStolenUnknown = false;
        return taken;
    }
}
