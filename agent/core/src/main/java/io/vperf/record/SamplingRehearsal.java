package io.vperf.record;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.health.Health;
import io.vperf.health.Log;
import java.util.Arrays;

/**
 * As {@link Rehearsal}, for what a {@link Budget} adds to a probe. Takes no snapshot: that would ask the class {@code Probe},
 * which must not be initialised before its handler is in place.
 */
public final class SamplingRehearsal {

    private static final int METHODS = 2;

    /** Enough for some to be drawn, and others not. */
    private static final int CALLS = 100;

    private SamplingRehearsal() {}

    /** Takes a millisecond or so on the calling thread. */
    public static void run(CallSources sources) {
        Health health = new Health(new Log(Log.stderr(), Log.Level.OFF));
        MethodTable methods = new MethodTable(METHODS, health);
        int method = methods.register("rehearsal");
        CallSampling sampling = new CallSampling(1);
        ThreadRegistry threads = new ThreadRegistry(methods, sources.cpu(), sources.counters(), sampling);
        ProbeHandler probe = new SamplingRecorder(
                new CallRecorder(
                        sources.wall(),
                        health,
                        threads,
                        new FinishedCalls(health, threads, new DeferredCalls(methods, health, 1, 0)),
                        new EndedConstructors(methods),
                        new Regions(methods, health),
                        new Completions(methods, sources.wall(), health, 1),
                        Long.MAX_VALUE),
                sources.wall(),
                new RehearsalWaits());
        int[] log2s = new int[METHODS];
        for (int log2 = 0; log2 < 2; log2++) {
            Arrays.fill(log2s, log2);
            sampling.set(log2s);
            calls(probe, method);
        }
        threads.foldAll();
        threads.forgetCallingThread();
    }

    private static void calls(ProbeHandler probe, int method) {
        for (int i = 0; i < CALLS; i++) {
            probe.exit(probe.enter(method), null);
            Object constructor = probe.enterConstructor(method);
            probe.constructed(constructor);
            probe.exit(constructor, null);
            probe.exitRegion(probe.enterRegion("rehearsal"));
        }
        probe.virtualNs();
        probe.suppressed(new IllegalStateException());
    }
}
