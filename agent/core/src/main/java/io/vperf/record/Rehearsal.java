package io.vperf.record;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.explain.Explainer;
import io.vperf.explain.SlowRule;
import io.vperf.health.Health;
import io.vperf.health.Log;
import org.jspecify.annotations.Nullable;

/**
 * Runs every way through a probe once, on a recording that is thrown away, so that no class is loaded inside a probe later:
 * loading calls other agents' transformers, and runs whatever they do on a thread that is in the midst of a reading.
 */
public final class Rehearsal {

    /** Together more calls than a journal holds. */
    private static final int BATCHES = 3;

    private static final int CALLS = 200;

    private Rehearsal() {}

    /**
     * Takes some milliseconds on the calling thread.
     *
     * @return what a call costs before HotSpot has compiled the probe, nanoseconds
     */
    public static long run(CallSources sources) {
        PreloadedClasses.load();
        Health health = new Health(new Log(Log.stderr(), Log.Level.OFF));
        MethodTable methods = new MethodTable(4, health);
        int method = methods.register("rehearsal");
        int constructor = methods.register("rehearsal constructor");
        methods.constructor(constructor, Rehearsal.class.getName(), "()V");
        // Every call is a long one as soon as there is something to correct.
        Recording recording = new Recording(methods, sources, health, 0, 1, 0, null);
        recording.explain(new Explainer(null), new SlowRule(1, Long.MAX_VALUE), 0);
        ProbeHandler probe = recording.probeHandler();
        sources.cpu().ledger().setStealAbout(true);
        long fastestNs = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long beginNs = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                probe.exit(probe.enter(method), null);
            }
            fastestNs = Math.min(fastestNs, System.nanoTime() - beginNs);
        }
        recording.setStealKnown(true);
        @Nullable Object outer = probe.enterConstructor(constructor);
        probe.constructed(outer);
        @Nullable Object ended = probe.enterConstructor(constructor);
        @Nullable Object inner = probe.enter(method); // finds the constructor before it ended
        probe.exit(inner, new IllegalStateException());
        probe.exit(outer, null); // drops nothing, or what was not found
        probe.exit(ended, null);
        for (int i = 0; i < 2; i++) {
            probe.exit(probe.enter(method), null); // the second finds no room to wait
        }
        long region = probe.enterRegion("rehearsal");
        probe.exitRegion(region);
        probe.exitRegion(region); // is refused
        probe.virtualNs();
        probe.suppressed(new IllegalStateException());
        probe.suppressed(new StackOverflowError());
        recording.forgetCallingThread();
        sources.cpu().ledger().setStealAbout(false);
        return fastestNs / CALLS;
    }
}
