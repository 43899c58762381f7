package io.vperf.record;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A recording with a budget of 1 % of one vCPU, in which a measured call costs 100 ns, on clocks that stand still. */
final class BudgetRun {

    static final long PROBE_NS = 100;
    static final long SECOND_NS = 1_000_000_000;

    /** Of a second; at {@link #PROBE_NS} a call. */
    static final int CALLS_IN_BUDGET = 100_000;

    final TestHealth health = new TestHealth();
    final MethodTable table = new MethodTable(100, health.health());
    final FakeClocks clocks = new FakeClocks(0);
    final Recording recording;
    final ProbeHandler probe;

    BudgetRun(long seed) {
        this(seed, 0);
    }

    /**
     * @param readingNs what each reading of the wall clock takes
     */
    BudgetRun(long seed, long readingNs) {
        clocks.readingTakes(readingNs);
        Budget budget = new Budget(10_000, PROBE_NS, 0, () -> Budget.UNKNOWN, seed);
        recording = new Recording(
                table, new CallSources(clocks, clocks.cpu(readingNs)), health.health(), 50_000, 100, 0, budget);
        probe = recording.probeHandler();
    }

    void call(int method, long wallNs) {
        Object frame = probe.enter(method);
        clocks.advance(wallNs, wallNs);
        probe.exit(frame, null);
    }

    void calls(int method, int times) {
        for (int i = 0; i < times; i++) {
            probe.exit(probe.enter(method), null);
        }
    }

    /** An interval that makes 1 in {@code oneIn} calls of the method be measured from its end on, within a factor of two. */
    void makeHot(int method, int oneIn) {
        long startNs = clocks.nowNs();
        MethodStats stats = table.get(method);
        stats.lock.lock();
        try {
            stats.addCounted((long) oneIn * CALLS_IN_BUDGET);
        } finally {
            stats.lock.held = false;
            stats.lock.wake();
        }
        endSecond(startNs);
    }

    Map<String, MethodInterval> endSecond(long startedNs) {
        clocks.advance(SECOND_NS - (clocks.nowNs() - startedNs), 0);
        return take();
    }

    Map<String, MethodInterval> take() {
        Map<String, MethodInterval> byName = new HashMap<>();
        for (MethodInterval m :
                recording.take(0, null, fromNs -> Long.MAX_VALUE).methods()) {
            byName.put(m.name(), m);
        }
        return byName;
    }

    MethodInterval taken(String name) {
        return Objects.requireNonNull(take().get(name), name);
    }
}
