package io.vperf.record;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.ReadingCost.Readings;
import io.vperf.health.Health;
import io.vperf.health.Log;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording of nobody's calls, made to see what a measured call costs, and thrown away. The code that runs is that of
 * every call of the run. Made, used and closed by one thread, which then makes no more calls in it.
 */
public final class TrialRecording implements AutoCloseable {

    private static final long NEVER_DEFERRED = Long.MAX_VALUE;
    private static final String REGION = "trial";
    private static final int COUNTED_CALLS = 200;

    private final Recording recording;
    private final ProbeHandler probe;
    private final int method;
    private final int caller;

    public TrialRecording(CallSources sources) {
        Health health = new Health(new Log(Log.stderr(), Log.Level.OFF));
        MethodTable methods = new MethodTable(4, health);
        method = methods.register("trial");
        caller = methods.register("caller");
        recording = new Recording(methods, sources, health, NEVER_DEFERRED, 1, 0, null);
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

    /**
     * What a call with nothing in it adds to each counter, by calls of their own. Nothing else must have been recorded since
     * anything was last asked; empty where a counter of a call is not known.
     */
    List<ProbeCount> counts() {
        Object outer = probe.enter(caller);
        long ignored = calls().make(COUNTED_CALLS);
        probe.exit(outer, null);
        List<MethodInterval> methods = recording.take(0, null, sinceNs -> 0).methods();
        List<ProbeCount> counts = new ArrayList<>();
        List<CounterInterval> within = methods.get(0).counters();
        List<CounterInterval> around = methods.get(1).counters();
        for (int i = 0; i < Math.min(within.size(), around.size()); i++) {
            CounterInterval inner = within.get(i);
            if (inner.calls() == COUNTED_CALLS && around.get(i).calls() == 1) {
                long inside = inner.counts().getValueAtPercentile(50);
                long whole = Math.round((double) around.get(i).sum() / COUNTED_CALLS);
                counts.add(new ProbeCount(inner.name(), inside, Math.max(inside, whole)));
            }
        }
        return counts;
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
