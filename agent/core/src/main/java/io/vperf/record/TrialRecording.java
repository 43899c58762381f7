package io.vperf.record;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.ReadingCost.Readings;
import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Log;

/**
 * A recording of nobody's calls, made to see what a measured call costs, and thrown away. The code that runs is that of
 * every call of the run. Made, used and closed by one thread, which then makes no more calls in it.
 */
public final class TrialRecording implements AutoCloseable {

    private static final long NEVER_DEFERRED = Long.MAX_VALUE;
    private static final String REGION = "trial";

    private final Recording recording;
    private final ProbeHandler probe;
    private final int method;

    public TrialRecording(WallClock wallClock, CpuClock cpuClock) {
        Health health = new Health(new Log(Log.stderr(), Log.Level.OFF));
        MethodTable methods = new MethodTable(4, health);
        method = methods.register("trial");
        recording = new Recording(methods, wallClock, cpuClock, health, NEVER_DEFERRED, 1, 0);
        probe = recording.probeHandler();
    }

    /** Whole measured calls: entry and exit, recorded, with nothing in between. */
    public Readings calls() {
        return count -> {
            long measured = 0;
            for (int i = 0; i < count; i++) {
                Object frame = probe.enter(method);
                probe.exit(frame, null);
                measured += frame == null ? 0 : 1;
            }
            return measured;
        };
    }

    /** The same as regions. */
    public Readings regions() {
        return count -> {
            long tokens = 0;
            for (int i = 0; i < count; i++) {
                long token = probe.enterRegion(REGION);
                probe.exitRegion(token);
                tokens += token;
            }
            return tokens;
        };
    }

    /**
     * Nanoseconds between the two readings of a call with nothing in between: the part of its probe that is in its own wall
     * time. The median of the calls since anything was last asked; there must have been some, and no regions.
     */
    long insideNs() {
        return recording.take(0, null, sinceNs -> 0).methods().get(0).wall().getValueAtPercentile(50);
    }

    /** How many calls and regions have been recorded since this was last asked. */
    public long recorded() {
        return recording.take(0, null, sinceNs -> 0).methods().stream()
                .mapToLong(MethodInterval::calls)
                .sum();
    }

    @Override
    public void close() {
        recording.forgetCallingThread();
    }
}
