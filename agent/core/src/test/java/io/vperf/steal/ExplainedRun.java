package io.vperf.steal;

import io.vperf.explain.Explainer;
import io.vperf.explain.FakeThrottles;
import io.vperf.explain.Part;
import io.vperf.explain.SlowCall;
import io.vperf.explain.SlowRule;
import io.vperf.explain.Throttled;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.sim.Bandwidth;
import io.vperf.sim.CallTruth;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A scenario whose calls are explained, and kept whole, each beside what is true of it. */
final class ExplainedRun implements AutoCloseable {

    static final long PERIOD_NS = 100_000_000;

    /** No quota. */
    static final long NONE = 0;

    private static final long NS_PER_MS = 1_000_000;

    /** What a call's time was truly made of; interrupts are in running. */
    record Truth(
            int depth,
            long wallNs,
            long runningNs,
            long irqNs,
            long stolenNs,
            long runDelayNs,
            long throttledNs,
            long blockedNs) {

        static Truth of(CallTruth call) {
            return new Truth(
                    call.depth(),
                    call.wallNs(),
                    call.ranNs() + call.irqNs(),
                    call.irqNs(),
                    call.stolenNs(),
                    call.runDelayNs() - call.throttledNs(),
                    call.throttledNs(),
                    call.blockedNs());
        }

        long ns(Part part) {
            return switch (part) {
                case RUNNING -> runningNs;
                case STOLEN -> stolenNs;
                case RUN_DELAY -> runDelayNs;
                case THROTTLED -> throttledNs;
                case BLOCKED -> blockedNs;
                default -> 0;
            };
        }
    }

    /** One that was kept whole. */
    record Pair(Truth truth, SlowCall call) {

        long errorNs(Part part) {
            return call.split().ns(part) - truth.ns(part);
        }
    }

    /** Methods, wall times and starts are alike of hardly any two calls. */
    private record Key(int method, long wallNs, long startMs) {}

    final SimulatedRun run;
    final Explainer explainer;
    final IntervalSnapshot snapshot;
    final List<Pair> pairs = new ArrayList<>();
    private final Map<Key, Deque<Truth>> truths = new HashMap<>();

    /**
     * @param quotaNs of each {@link #PERIOD_NS}, for all threads together; or {@link #NONE}
     * @param most how many calls of each method are kept whole
     */
    ExplainedRun(Scenario scenario, long quotaNs, int most, Path root) {
        run = new SimulatedRun(scenario, root, (call, verdict, index) -> {});
        FakeThrottles counters = new FakeThrottles(root.resolve("cgroup"), 1, 1);
        explainer = new Explainer(counters.throttles(run.health.health(), 0));
        run.explain(explainer, new SlowRule(most, Long.MAX_VALUE));
        if (quotaNs != NONE) {
            Bandwidth limit = run.guest.limit(quotaNs, PERIOD_NS);
            run.sampler.faults =
                    text -> counters.set(0, limit.periods(), limit.throttledPeriods(), limit.throttledNs());
        }
        run.truthWatch = this::ended;
        snapshot = run.run();
        for (MethodInterval m : snapshot.methods()) {
            int method = Integer.parseInt(m.name().substring(1));
            for (SlowCall call : Objects.requireNonNull(m.explanation()).slow()) {
                Key key = new Key(method, call.wallNs(), call.startMs());
                pairs.add(new Pair(Objects.requireNonNull(truths.get(key)).remove(), call));
            }
        }
    }

    private void ended(CallTruth call) {
        Key key = new Key(call.method(), call.wallNs(), call.entryNs() / NS_PER_MS);
        truths.computeIfAbsent(key, k -> new ArrayDeque<>()).add(Truth.of(call));
    }

    /** Of the calls that were kept whole, what is said and what is true of a part. */
    long saidNs(Part part) {
        return pairs.stream().mapToLong(pair -> pair.call().split().ns(part)).sum();
    }

    long trueNs(Part part) {
        return pairs.stream().mapToLong(pair -> pair.truth().ns(part)).sum();
    }

    Throttled throttled() {
        return Objects.requireNonNull(snapshot.jvm().throttled());
    }

    @Override
    public void close() {
        run.close();
    }
}
