package io.vperf.record;

import io.vperf.clock.ReadingCost;
import io.vperf.health.Health;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a measured call costs in this run: its probe cost. At start nobody can measure it: HotSpot compiles the probe for
 * good after tens of thousands of calls only (interpreted it costs 5 to 10 µs, compiled 0.1 µs where the CPU clock needs no
 * system call), and a start has no time for those. So it is measured anew at the end of an interval, once the application's
 * own calls have had it compiled, on the thread that takes the snapshot.
 */
public final class ProbeCost {

    /** By then the probe is compiled, if not for good; those of a run with fewer calls need not be told exactly. */
    private static final long LEAST_CALLS = 10_000;

    /** Of an interval of 10 s: 0.1 % of one vCPU. */
    private static final long MOST_NS = 10_000_000;

    private static final long QUIET_NS = 1_000_000;

    private static final long START_QUIET_NS = 5_000_000;
    private static final long START_MOST_NS = 50_000_000;

    /** Times a batch of 50: more calls than a journal holds, so that none goes without its emptying. */
    private static final int ROUNDS = 11;

    private final CallSources sources;
    private final Health health;
    private long calls;
    private @Nullable Long lastNs;

    /** The part of it that is in the call's own wall time; null also if that came out as more than the whole. */
    private @Nullable Long lastInsideNs;

    private List<ProbeCount> lastCounts = List.of();

    public ProbeCost(CallSources sources, Health health) {
        this.sources = sources;
        this.health = health;
    }

    /** The same interval with what a probe cost in it, where it is known. Called for each, in turn, by any thread. */
    public synchronized IntervalSnapshot addTo(IntervalSnapshot interval) {
        long ended = 0;
        for (MethodInterval method : interval.methods()) {
            Long measured = method.measuredCalls();
            ended += measured == null ? 0 : measured;
        }
        calls += ended;
        if (ended > 0 && calls >= LEAST_CALLS) {
            try {
                measure();
            } catch (Throwable t) {
                health.suppress("measuring the probe", t); // the interval is not lost for it
            }
        }
        return interval.withProbe(lastNs, lastInsideNs, lastCounts);
    }

    /**
     * Nanoseconds of a call that follows upon another, compiled; for a budget, which has to be kept from the start. Takes up to
     * 50 ms on the calling thread.
     */
    public static long callNs(CallSources sources) {
        try (TrialRecording trial = new TrialRecording(sources)) {
            return Math.max(1, Math.round(ReadingCost.fastestNs(START_QUIET_NS, START_MOST_NS, trial.calls())));
        }
    }

    private void measure() {
        try (TrialRecording trial = new TrialRecording(sources)) {
            ReadingCost.Readings calls = trial.calls();
            double roundsNs = ReadingCost.fastestNs(QUIET_NS, MOST_NS, count -> calls.make(count * ROUNDS));
            long costNs = Math.round(roundsNs / ROUNDS);
            long insideNs = trial.insideNs();
            lastNs = costNs;
            lastInsideNs = insideNs <= costNs ? insideNs : null;
            lastCounts = trial.counts();
        }
    }
}
