package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.explain.Explainer;
import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.SlowCall;
import io.vperf.explain.SlowRule;
import io.vperf.explain.WallSplit;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import io.vperf.record.Correction;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.record.MethodTable;
import io.vperf.record.Recording;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Recording and attribution together, over random schedules: threads that call, nest, throw, migrate and end, counters that
 * stand still, run backwards, jump, go and come back. Every call is also kept here, as it really was.
 */
class RecordingUnderStealTest {

    private static final int VCPUS = 3;
    private static final int METHODS = 5;
    private static final int THREADS = 3;
    private static final long SHORT_NS = 50_000;
    private static final long COST_NS = 0;

    @Property(tries = 150)
    void shouldHoldTheInvariantsWhateverHappens(
            @ForAll KernelKind kind, @ForAll @IntRange(min = 2, max = 64) int capacity, @ForAll Random random)
            throws Exception {
        Machine machine = new Machine(kind, capacity, random, false);
        try {
            machine.run();
        } finally {
            machine.close();
        }
    }

    /** And the parts of a method's time add up to it, in every interval. */
    @Property(tries = 150)
    void shouldExplainAllTimeWhateverHappens(
            @ForAll KernelKind kind, @ForAll @IntRange(min = 2, max = 64) int capacity, @ForAll Random random)
            throws Exception {
        Machine machine = new Machine(kind, capacity, random, true);
        try {
            machine.run();
        } finally {
            machine.close();
        }
    }

    /** A call in progress on a guest thread. */
    private record Open(int method, @Nullable Object frame, long entryNs) {}

    /** Judges as attribution does, and looks at each verdict. */
    private static final class Watched implements StealJudge {

        private final Attribution attribution;
        private final KernelKind kind;
        private final Map<Long, Long> openThreads = new HashMap<>();
        long outermostStolenNs;
        long judged;
        long uncorrected;

        Watched(Attribution attribution, KernelKind kind) {
            this.attribution = attribution;
            this.kind = kind;
        }

        @Override
        public boolean isCovered(LongCall call) {
            return attribution.isCovered(call);
        }

        @Override
        public List<Verdict> judge(List<LongCall> calls) {
            return calls.stream().map(this::judge).toList();
        }

        private Verdict judge(LongCall call) {
            Verdict verdict = attribution.judge(call);
            judged++;
            openThreads.merge(call.thread(), call.exitNs(), (before, now) -> {
                assertThat(now)
                        .as("calls of a thread in the order of their ends")
                        .isGreaterThanOrEqualTo(before);
                return now;
            });
            assertThat(verdict.stolenNs()).isBetween(0L, call.wallNs());
            if (kind == KernelKind.EXCLUDES && call.cpuNs() >= 0 && call.cpuNs() <= call.wallNs()) {
                assertThat(verdict.stolenNs()).isLessThanOrEqualTo(call.wallNs() - call.cpuNs());
            }
            if (verdict.kind() != Verdict.Kind.CORRECTED) {
                uncorrected++;
            }
            if (call.depth() == 0) {
                outermostStolenNs += verdict.stolenNs();
            }
            return verdict;
        }

        @Override
        public void skip(LongCall call) {
            uncorrected++;
            attribution.skip(call);
        }

        @Override
        public long stolenMeanwhileNs(LongCall call) {
            return attribution.stolenMeanwhileNs(call);
        }

        @Override
        public void threadEnded(long thread) {
            attribution.threadEnded(thread);
        }
    }

    private static final class Machine {

        private static final int SLOWEST = 3;

        private final Random random;
        private final TestHealth health = new TestHealth();
        private final FakeClocks clocks = new FakeClocks(1_000_000);
        private final MethodTable table = new MethodTable(METHODS, health.health());
        private final Timelines timelines = new Timelines(health.health());
        private final Watched judge;
        private final Recording recording;
        private final ProbeHandler probe;
        private final List<ExecutorService> threads = new ArrayList<>();
        private final List<Deque<Open>> stacks = new ArrayList<>();
        private final long[] steal = new long[VCPUS];
        private final long[] busy = new long[VCPUS];
        private final long[] total = new long[VCPUS];
        private final List<List<Long>> trueWallNs = new ArrayList<>();
        private final List<Histogram> seenWall = new ArrayList<>();
        private final long[] seenCalls = new long[METHODS];
        private final long[] seenSums = new long[METHODS];
        private final long[] trueSums = new long[METHODS];
        private final boolean explained;
        private boolean stealKnown;
        private boolean tainted;
        private long uncorrectedSeen;

        Machine(KernelKind kind, int capacity, Random random, boolean explained) {
            this.random = random;
            this.explained = explained;
            Attribution attribution =
                    new Attribution(timelines, kind, COST_NS, InterruptTime.CHARGED, new Limits(health.health()));
            this.judge = new Watched(attribution, kind);
            this.recording = new Recording(table, clocks, clocks.cpu(), health.health(), SHORT_NS, capacity, 0);
            this.probe = recording.probeHandler();
            if (explained) {
                recording.explain(new Explainer(null), new SlowRule(SLOWEST, Long.MAX_VALUE), 0);
                recording.setKernelKind(kind);
            }
            for (int id = 0; id < METHODS; id++) {
                table.register("m" + id);
                trueWallNs.add(new ArrayList<>());
                Histogram all = new Histogram(2);
                all.setAutoResize(true);
                seenWall.add(all);
            }
            for (int t = 0; t < THREADS; t++) {
                threads.add(Executors.newSingleThreadExecutor());
                stacks.add(new ArrayDeque<>());
            }
        }

        void run() throws Exception {
            setKnown(random.nextInt(8) != 0);
            sample();
            for (int step = 0; step < 250; step++) {
                switch (random.nextInt(12)) {
                    case 0, 1 -> {
                        sample();
                        if (explained && random.nextInt(20) == 0) {
                            recording.taintInterval("the kernel was another");
                            tainted = true;
                        }
                    }
                    case 2 -> recording.settle(judge, false);
                    case 3 -> take(random.nextInt(6) == 0 ? !stealKnown : stealKnown);
                    case 4 -> replaceThread(random.nextInt(THREADS));
                    default -> onThread(random.nextInt(THREADS));
                }
            }
            for (int t = 0; t < THREADS; t++) {
                while (!stacks.get(t).isEmpty()) {
                    exit(t);
                }
            }
            sample();
            recording.settle(judge, true);
            take(stealKnown);
            check();
        }

        void close() {
            threads.forEach(ExecutorService::shutdownNow);
        }

        private void setKnown(boolean known) {
            stealKnown = known;
            recording.setStealKnown(known);
        }

        private void sample() {
            boolean stretched = random.nextInt(6) == 0;
            clocks.pass((long) (random.nextDouble() * (stretched ? 1_000_000_000 : 60_000_000)));
            long nowNs = clocks.nowNs();
            for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
                int what = random.nextInt(20);
                if (what == 0) {
                    timelines.absent(vcpu);
                    continue;
                }
                if (what == 1) {
                    steal[vcpu] -= random.nextInt(5);
                } else if (what == 2) {
                    steal[vcpu] += 10_000;
                } else if (what > 5) { // else: it stands still
                    steal[vcpu] += random.nextInt(stretched ? 60 : 6);
                    busy[vcpu] += random.nextInt(stretched ? 60 : 6);
                    total[vcpu] += stretched ? 100 : 10;
                }
                timelines.present(vcpu, nowNs, steal[vcpu], busy[vcpu], total[vcpu]);
            }
        }

        /** Some time passes on a thread, then it calls or returns. */
        private void onThread(int t) throws Exception {
            long wallNs = (long) (Math.pow(random.nextDouble(), 4) * 40_000_000);
            long ranNs = random.nextInt(30) == 0 ? 2 * wallNs + 5 : (long) (random.nextDouble() * wallNs);
            int vcpu = random.nextInt(VCPUS + 1) - 1;
            boolean migrates = random.nextInt(6) == 0;
            on(t, () -> {
                clocks.advance(wallNs, random.nextInt(60) == 0 ? -ranNs - 1 : ranNs);
                if (migrates) {
                    clocks.migrate(vcpu);
                }
            });
            if (stacks.get(t).isEmpty() || (stacks.get(t).size() < 6 && random.nextBoolean())) {
                int method = random.nextInt(METHODS);
                on(t, () -> stacks.get(t).push(new Open(method, probe.enter(method), clocks.nowNs())));
            } else {
                exit(t);
            }
        }

        private void exit(int t) throws Exception {
            Open call = stacks.get(t).pop();
            long wallNs = clocks.nowNs() - call.entryNs();
            trueWallNs.get(call.method()).add(wallNs);
            boolean outermost = stacks.get(t).stream().noneMatch(open -> open.method() == call.method());
            trueSums[call.method()] += outermost ? wallNs : 0;
            Throwable thrown = random.nextInt(5) == 0 ? new IllegalStateException() : null;
            on(t, () -> probe.exit(call.frame(), thrown));
        }

        private void replaceThread(int t) {
            if (stacks.get(t).isEmpty()) {
                threads.get(t).shutdown();
                threads.set(t, Executors.newSingleThreadExecutor());
            }
        }

        private void on(int t, Runnable action) throws Exception {
            try {
                threads.get(t).submit(action).get();
            } catch (ExecutionException e) {
                throw new AssertionError("on a guest thread", e);
            }
        }

        private void take(boolean knownAfterwards) {
            IntervalSnapshot snapshot = recording.take(0, null, fromNs -> Long.MAX_VALUE);
            for (MethodInterval m : snapshot.methods()) {
                int id = Integer.parseInt(m.name().substring(1));
                seenWall.get(id).add(m.wall());
                seenCalls[id] += m.calls();
                long wallNs = Objects.requireNonNull(m.wallNs());
                seenSums[id] += wallNs;
                uncorrectedSeen += m.uncorrectedCalls();
                assertThat(m.wall().getTotalCount()).isEqualTo(m.calls());
                assertExplained(m);
                if (tainted) {
                    assertThat(m.correction()).isNull();
                } else if (stealKnown && m.correction() == null) {
                    assertThat(m.uncorrectedCalls()).isPositive();
                } else if (stealKnown) {
                    assertBounded(Objects.requireNonNull(m.correction()), m.calls());
                    assertThat(Objects.requireNonNull(m.corrected()).getTotalCount())
                            .isEqualTo(m.calls());
                    assertThat(Objects.requireNonNull(m.stolen()).getTotalCount())
                            .isEqualTo(m.calls());
                    long stolenNs = Objects.requireNonNull(m.stolenNs());
                    assertThat(stolenNs).isBetween(0L, wallNs);
                    assertThat(m.correctedNs()).isEqualTo(wallNs - stolenNs);
                } else {
                    assertThat(m.corrected()).isNull();
                    assertThat(m.stolen()).isNull();
                    assertThat(m.stolenNs()).isNull();
                }
            }
            assertThat(snapshot.tainted() != null).isEqualTo(tainted);
            tainted = false;
            setKnown(knownAfterwards);
        }

        private void assertExplained(MethodInterval m) {
            Explanation explanation = m.explanation();
            assertThat(explanation != null).isEqualTo(explained);
            if (explanation == null) {
                return;
            }
            WallSplit split = explanation.split();
            assertThat(split.wallNs()).as("parts, added up").isEqualTo(m.wallNs());
            assertThat(split.parts().values()).allSatisfy(ns -> assertThat(ns).isNotNegative());
            Long stolenNs = m.stolenNs();
            assertThat(split.ns(Part.STOLEN)).as("as in the correction").isEqualTo(stolenNs == null ? 0 : stolenNs);
            List<SlowCall> slow = explanation.slow();
            assertThat(slow).hasSizeLessThanOrEqualTo(SLOWEST);
            for (SlowCall call : slow) {
                assertThat(call.split().wallNs()).isEqualTo(call.wallNs());
                assertThat(call.split().parts().values())
                        .allSatisfy(ns -> assertThat(ns).isNotNegative());
            }
        }

        /** The same calls, none of them outside of its bounds. */
        private static void assertBounded(Correction c, long calls) {
            AbstractHistogram least = c.least();
            AbstractHistogram most = c.most();
            assertThat(least.getTotalCount()).isEqualTo(calls);
            assertThat(most.getTotalCount()).isEqualTo(calls);
            for (double percentile : new double[] {0, 10, 50, 90, 99, 100}) {
                long ns = c.corrected().getValueAtPercentile(percentile);
                assertThat(least.getValueAtPercentile(percentile)).isLessThanOrEqualTo(ns);
                assertThat(most.getValueAtPercentile(percentile)).isGreaterThanOrEqualTo(ns);
            }
            assertThat(c.stolenNs()).isBetween(c.leastStolenNs(), c.mostStolenNs());
        }

        private void check() {
            for (int id = 0; id < METHODS; id++) {
                Histogram truth = new Histogram(2);
                truth.setAutoResize(true);
                trueWallNs.get(id).forEach(truth::recordValue);
                assertThat(seenCalls[id]).isEqualTo(trueWallNs.get(id).size());
                assertThat(seenSums[id]).as("raw total, to the nanosecond").isEqualTo(trueSums[id]);
                assertThat(seenWall.get(id)).as("raw histogram").isEqualTo(truth);
            }
            long[] sums = new long[2];
            Seen.forEach(timelines, (timeline, vcpu) -> {
                for (int w = 1; w < timeline.end(); w++) {
                    long attributedNs = timeline.stolenNs(w) - timeline.remainingNs(w);
                    assertThat(attributedNs).isBetween(0L, timeline.stolenNs(w) + VcpuTimeline.TICK_NS);
                    assertThat(timeline.isTainted(w) ? attributedNs : 0).isZero();
                }
                sums[0] += timeline.totalAttributedNs() + timeline.onCreditNs();
                sums[1] += timeline.end();
            });
            // Rounded down for each call and window.
            assertThat(judge.outermostStolenNs).isLessThanOrEqualTo(sums[0] + judge.judged * sums[1]);
            long counted = health.total(Trouble.UNCORRECTED_OVERFLOW)
                    + health.total(Trouble.UNCORRECTED_TIMEOUT)
                    + health.total(Trouble.UNCORRECTED_TAINTED)
                    + health.total(Trouble.UNCORRECTED_UNKNOWN_SHARE);
            assertThat(counted).as("each with its reason").isEqualTo(uncorrectedSeen);
            if (!explained) { // else calls come to be judged that are to be explained only
                assertThat(judge.uncorrected).isLessThanOrEqualTo(counted);
            }
            assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
        }
    }
}
