package io.vperf.record;

import io.vperf.lock.BriefLock;
import java.util.List;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one method's completions, or subscriptions, in the running interval. Every access holds the lock,
 * but for what is said to be the dumper's own. Of threads and vCPUs nothing is known, so of its times only wall time is.
 */
final class CompletionStats {

    private final BriefLock lock = new BriefLock();

    private final String name;
    private final int methodId;

    /** Made anew in each interval that has any. */
    private @Nullable PackedHistogram wall;

    private long measured;
    private long weights;
    private long exceptions;
    private long wallNs;

    /** Those of the measured ones that stand for others, too. */
    private long drawn;

    /** Square of the standard error of {@link #wallNs}, see {@link DrawnCalls#variance}. */
    private double variance;

    // The dumper's own: calls that are open at the interval's end.
    private long open;
    private long oldestNs;

    /** Whether it has been told that the method returned what cannot be watched. Set by any thread; once more does no harm. */
    volatile boolean refusalTold;

    CompletionStats(String name, int methodId) {
        this.name = name;
        this.methodId = methodId;
    }

    String name() {
        return name;
    }

    int methodId() {
        return methodId;
    }

    void add(long callNs, long weight, boolean failed) {
        lock.lock();
        try {
            addLocked(callNs, weight, failed);
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    private void addLocked(long callNs, long weight, boolean failed) {
        PackedHistogram to = wall == null ? Histograms.packed() : wall;
        wall = to;
        to.recordValueWithCount(callNs, weight);
        measured++;
        weights += weight;
        exceptions += failed ? weight : 0;
        wallNs += callNs * weight;
        drawn += weight > 1 ? 1 : 0;
        variance += DrawnCalls.variance(weight, callNs);
    }

    /** Called by the dumper, for each open one, before it {@link #take takes}. */
    void addOpen(long weight, long ageNs) {
        open += weight;
        oldestNs = Math.max(oldestNs, ageNs);
    }

    /**
     * Takes the interval's figures out and begins the next interval. Called by the dumper.
     *
     * @return null where there were neither ended nor open ones
     */
    @Nullable
    MethodInterval take(int samplingFactor) {
        lock.lock();
        try {
            return takeLocked(samplingFactor);
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    private @Nullable MethodInterval takeLocked(int samplingFactor) {
        if (weights == 0 && open == 0) {
            return null;
        }
        MethodInterval taken = new MethodInterval(
                name,
                weights,
                measured,
                exceptions,
                wallNs,
                null,
                null,
                null,
                weights,
                0,
                samplingFactor,
                drawn > 0 ? new Estimate(0, drawn, 0, 0, 0, Math.round(Math.sqrt(variance)), 0, null, false) : null,
                open,
                oldestNs,
                Histograms.sum(weights, wall),
                null,
                List.of(),
                null,
                null);
        wall = null;
        measured = 0;
        weights = 0;
        exceptions = 0;
        wallNs = 0;
        drawn = 0;
        variance = 0;
        open = 0;
        oldestNs = 0;
        return taken;
    }
}
