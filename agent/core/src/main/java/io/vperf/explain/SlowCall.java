package io.vperf.explain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the slowest calls of its method in an interval, whole. What it was called with is never known here.
 *
 * @param startMs when it began, milliseconds since the epoch
 * @param wallNs how long it took
 * @param thread its thread's name at its end
 * @param threadNumber of its thread in this run, as names may be shared
 * @param vcpuAtEntry vCPU number; null where unknown
 * @param vcpuAtExit vCPU number; null where unknown
 * @param thrown whether it ended in an exception
 * @param weight how many calls it stands for, see {@link io.vperf.record.MethodInterval#samplingFactor}
 * @param leastStolenNs the true stolen time is not smaller; null where steal is unknown
 * @param mostStolenNs the true stolen time is not larger; null where steal is unknown
 * @param split where its time went
 * @param counters what counters say of it, by their names, as far as they are known
 * @param callers the measured calls it was made from, the nearest first
 * @param callersLeftOut how many more there were
 */
public record SlowCall(
        long startMs,
        long wallNs,
        String thread,
        long threadNumber,
        @Nullable Integer vcpuAtEntry,
        @Nullable Integer vcpuAtExit,
        boolean thrown,
        long weight,
        @Nullable Long leastStolenNs,
        @Nullable Long mostStolenNs,
        WallSplit split,
        Map<String, Long> counters,
        List<String> callers,
        int callersLeftOut) {

    SlowCall withoutSteal(boolean cpuExcludesSteal) {
        return new SlowCall(
                startMs,
                wallNs,
                thread,
                threadNumber,
                vcpuAtEntry,
                vcpuAtExit,
                thrown,
                weight,
                null,
                null,
                split.withoutSteal(cpuExcludesSteal),
                counters,
                callers,
                callersLeftOut);
    }
}
