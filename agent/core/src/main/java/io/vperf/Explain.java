package io.vperf;

import io.vperf.clock.CpuClock;
import io.vperf.clock.WallClock;
import io.vperf.config.Options;
import io.vperf.container.CpuCgroups;
import io.vperf.explain.Explainer;
import io.vperf.explain.PauseWatch;
import io.vperf.explain.SlowRule;
import io.vperf.explain.Throttles;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.pauses.Pauses;
import io.vperf.record.Recording;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run finds out about where the time of calls went.
 *
 * @param explainer null: nobody wants to know
 * @param clock whose threads ask
 * @param capabilities which of the sources are there, for the head of the dump
 */
record Explain(
        @Nullable Explainer explainer, CpuClock clock, SlowRule slow, Map<String, Capability<String>> capabilities) {

    /** Before the first thread gets a clock. */
    static Explain of(
            Options options,
            Path root,
            Clocks clocks,
            Capability<Natives> natives,
            @Nullable Instrumentation instrumentation,
            Health health,
            Log log) {
        if (!options.explain()) {
            if (options.slowNs() > 0) {
                log.info("explain=off: no slow calls are kept, and slow= has no meaning; leave one of the two out");
            }
            return new Explain(null, clocks.cpu(), SlowRule.NONE, Map.of());
        }
        clocks.cpu().explain();
        WallClock wall = clocks.wall();
        Capability<Throttles> throttles = Throttles.of(CpuCgroups.ofSelf(root), health, wall.nowNs());
        Map<String, Capability<String>> capabilities = new LinkedHashMap<>();
        capabilities.put("run delay", clocks.cpu().runDelay());
        capabilities.put("throttling", throttles.then(found -> Capability.available(found.source())));
        capabilities.put("blocked times", clocks.cpu().blockTimes());
        return new Explain(
                new Explainer(
                        throttles instanceof Capability.Available<Throttles> found ? found.value() : null,
                        new PauseWatch(() -> Pauses.open(natives, instrumentation, wall, log), health)),
                clocks.cpu(),
                new SlowRule(options.slowCalls(), options.slowNs() == 0 ? Long.MAX_VALUE : options.slowNs()),
                capabilities);
    }

    /** The run is about to end: nothing is begun any more. */
    void ends() {
        if (explainer != null) {
            explainer.ends();
            clock.ends();
        }
    }

    /** Nothing is asked any more. */
    void close() {
        if (explainer != null) {
            explainer.close();
        }
        clock.close();
    }

    void addTo(Recording recording) {
        if (explainer != null) {
            recording.explain(explainer, slow, System.currentTimeMillis());
        }
    }
}
