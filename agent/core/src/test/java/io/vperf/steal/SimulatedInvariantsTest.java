package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.Trouble;
import io.vperf.platform.StealSource;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.shim.Capability;
import io.vperf.sim.HostSteal;
import io.vperf.sim.ProcStatText;
import io.vperf.sim.RandomGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** The invariants of docs/measurement.md on any guest, whatever its host does, and whatever becomes of its counters. */
class SimulatedInvariantsTest {

    private static final int METHODS = 4;
    private static final int MOST_VCPUS = 4;
    private static final int SECONDS = 2;
    private static final long FAR_TICKS = 100_000;

    /** By how much extrapolated CPU time may be off: the age of an offset. */
    private static final long CLOCK_ERROR_NS = 1_000_000;

    private static final StealSource KNOWN = new StealSource(Capability.available("simulated"), false);

    private static @Nullable Path root;

    @BeforeContainer
    static void makeRoot() throws IOException {
        root = Files.createTempDirectory("vperf-sim");
    }

    @AfterContainer
    static void deleteRoot() throws IOException {
        Path folder = Objects.requireNonNull(root);
        Files.deleteIfExists(folder.resolve("proc/stat"));
        Files.deleteIfExists(folder.resolve("proc"));
        Files.delete(folder);
    }

    private static Scenario scenario(RandomGuest any, HostSteal steal) {
        return new Scenario(
                "any",
                Bar.SUM,
                any.vcpus,
                any.kernel,
                vcpu -> steal,
                any.interrupts,
                any.scheduling,
                any.programs,
                METHODS,
                SECONDS,
                any.seed,
                any.seed % 4 != 0,
                any.seed % 3 == 0);
    }

    /** One guest, measured; looks at every verdict. */
    private static final class Try implements VerdictWatch, AutoCloseable {

        final Scenario scenario;
        final SimulatedRun run;
        final Map<Long, List<LongCall>> calleesByThread = new HashMap<>();
        final Map<LongCall, Long> stolenNs = new HashMap<>();
        long judged;
        long outermostStolenNs;

        @Nullable
        String broken;

        Try(Scenario scenario, StealSource source) {
            this.scenario = scenario;
            this.run = new SimulatedRun(scenario, Objects.requireNonNull(root), source, this);
        }

        @Override
        public void judged(LongCall call, Verdict verdict, int index) {
            judged++;
            outermostStolenNs += call.depth() == 0 ? verdict.stolenNs() : 0;
            long roomNs = call.wallNs();
            if (scenario.kernel().excludesSteal()) {
                roomNs = Math.max(0, call.wallNs() - call.cpuNs());
                long trulyNs = call.wallNs() - run.recorder.log.cpuNs(index);
                check(verdict.stolenNs() <= trulyNs + CLOCK_ERROR_NS, "more than the true gap", call, verdict);
            }
            long calleesNs = takeCallees(call, verdict);
            check(
                    verdict.stolenNs() >= Math.min(roomNs, calleesNs),
                    "less than its callees " + calleesNs,
                    call,
                    verdict);
            check(verdict.stolenNs() >= 0, "negative", call, verdict);
            check(verdict.stolenNs() <= roomNs, "more than was not proven running", call, verdict);
            check(verdict.boundNs() >= 0, "a negative bound", call, verdict);
            check(
                    verdict.kind() == Verdict.Kind.CORRECTED || verdict.stolenNs() == 0,
                    "corrected without knowing",
                    call,
                    verdict);
        }

        /** What was stolen from the calls that were made directly from within this one. */
        private long takeCallees(LongCall call, Verdict verdict) {
            List<LongCall> pending = calleesByThread.computeIfAbsent(call.thread(), thread -> new ArrayList<>());
            long sumNs = 0;
            for (Iterator<LongCall> each = pending.iterator(); each.hasNext(); ) {
                LongCall earlier = each.next();
                if (earlier.depth() > call.depth()) {
                    long ns = Objects.requireNonNull(stolenNs.remove(earlier));
                    sumNs += earlier.depth() == call.depth() + 1 && earlier.entryNs() >= call.entryNs() ? ns : 0;
                    each.remove();
                }
            }
            pending.add(call);
            stolenNs.put(call, verdict.stolenNs());
            return sumNs;
        }

        private void check(boolean holds, String otherwise, LongCall call, Verdict verdict) {
            if (!holds && broken == null) {
                broken = otherwise + ": " + call + ", " + verdict;
            }
        }

        /** Raw times are the true ones; raw and corrected hold the same calls; nothing went wrong inside. */
        IntervalSnapshot measure() {
            IntervalSnapshot snapshot = run.run();
            assertThat(broken).isNull();
            for (MethodInterval method : snapshot.methods()) {
                int id = Integer.parseInt(method.name().substring(1));
                assertThat(method.calls()).isEqualTo(run.recorder.calls[id]);
                assertThat(method.wallNs()).isEqualTo(run.recorder.wallNs[id]);
                assertThat(method.wall()).isEqualTo(run.recorder.rawOf(id));
                if (method.corrected() != null) {
                    assertThat(method.corrected().getTotalCount()).isEqualTo(method.calls());
                    assertThat(Objects.requireNonNull(method.stolen()).getTotalCount())
                            .isEqualTo(method.calls());
                    assertThat(method.correctedNs())
                            .isEqualTo(Objects.requireNonNull(method.wallNs())
                                    - Objects.requireNonNull(method.stolenNs()));
                }
            }
            assertThat(run.health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
            assertThat(run.health.total(Trouble.CLOCK_BACKWARDS)).isZero();
            return snapshot;
        }

        @Override
        public void close() {
            run.close();
        }

        void checkWindows() {
            long[] sums = new long[3];
            Seen.forEach(run.sampler.sampler.timelines(), (timeline, vcpu) -> {
                for (int w = 1; w < timeline.end(); w++) {
                    long attributedNs = timeline.stolenNs(w) - timeline.remainingNs(w);
                    assertThat(attributedNs)
                            .as("vCPU %d, window %d", vcpu, w)
                            .isBetween(0L, timeline.isTainted(w) ? 0 : timeline.stolenNs(w) + VcpuTimeline.TICK_NS);
                }
                assertThat(timeline.totalAttributedNs())
                        .as("vCPU %d, no more than was truly stolen", vcpu)
                        .isLessThanOrEqualTo(run.guest.stolenNs(vcpu) + VcpuTimeline.TICK_NS);
                sums[0] += timeline.totalAttributedNs();
                sums[1] += timeline.end();
                sums[2] += VcpuTimeline.TICK_NS; // may be given before it is counted
            });
            // A window is charged in whole nanoseconds, rounded down.
            assertThat(outermostStolenNs).isLessThanOrEqualTo(sums[0] + sums[2] + judged * sums[1]);
        }
    }

    @Property(tries = 150)
    void shouldHoldOnAnyGuest(@ForAll long seed) {
        RandomGuest any = new RandomGuest(seed, METHODS, MOST_VCPUS);
        try (Try one = new Try(scenario(any, any.steal), KNOWN)) {
            one.measure();
            one.checkWindows();
            assertThat(one.run.health.total(Trouble.CLOCK_REFUTED))
                    .as("refutations of a sound clock")
                    .isZero();
            assertThat(one.run.health.total(Trouble.CLAMPED_NEGATIVE))
                    .as("sound clocks in contradiction")
                    .isZero();
            assertThat(one.run.health.total(Trouble.TAINTED_WINDOWS))
                    .as("windows of sound counters that were tainted")
                    .isZero();
        }
    }

    @Property(tries = 100)
    void shouldCorrectNothingByACounterThatMisbehaves(@ForAll long seed) {
        RandomGuest any = new RandomGuest(seed, METHODS, MOST_VCPUS);
        SplittableRandom random = new SplittableRandom(seed);
        try (Try one = new Try(scenario(any, any.steal), KNOWN)) {
            one.run.sampler.faults = counters -> fault(counters, random, any.vcpus);
            one.measure();
            one.checkWindows();
        }
    }

    private static void fault(ProcStatText counters, SplittableRandom random, int vcpus) {
        int vcpu = random.nextInt(vcpus);
        switch (random.nextInt(12)) {
            case 0 -> counters.jump(vcpu, FAR_TICKS);
            case 1 -> counters.jump(vcpu, -FAR_TICKS);
            case 2 -> counters.offline(vcpu, vcpu > 0); // somebody is always there
            default -> counters.offline(vcpu, false);
        }
    }

    @Property(tries = 50)
    void shouldCorrectNothingWithoutSteal(@ForAll long seed) {
        RandomGuest any = new RandomGuest(seed, METHODS, MOST_VCPUS);
        try (Try one = new Try(scenario(any, HostSteal.none()), KNOWN)) {
            for (MethodInterval method : one.measure().methods()) {
                assertThat(method.stolenNs()).isZero();
                assertThat(method.corrected()).isEqualTo(method.wall());
            }
        }
    }

    @Property(tries = 30)
    void shouldNotCallUnknownStealZero(@ForAll long seed) {
        RandomGuest any = new RandomGuest(seed, METHODS, MOST_VCPUS);
        StealSource unknown = new StealSource(Capability.unavailable("nobody tells", ""), false);
        try (Try one = new Try(scenario(any, any.steal), unknown)) {
            for (MethodInterval method : one.measure().methods()) {
                assertThat(method.stolenNs()).isNull();
                assertThat(method.corrected()).isNull();
                assertThat(method.stolen()).isNull();
                assertThat(method.boundNs()).isNull();
            }
        }
    }
}
