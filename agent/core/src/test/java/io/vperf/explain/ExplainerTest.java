package io.vperf.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.health.TestHealth;
import io.vperf.platform.KernelKind;
import io.vperf.steal.LongCall;
import io.vperf.steal.Verdict;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of 100 ms, each with one thing about it. */
class ExplainerTest {

    private static final long MS = 1_000_000;
    private static final long UNKNOWN = ThreadClock.UNKNOWN;
    private static final OffCpu NOTHING = new OffCpu(0, 0, 0, 0, true, 0);

    private final FakeThrottles counters;
    private final Explainer explainer;

    ExplainerTest(@TempDir Path temp) {
        counters = new FakeThrottles(temp, 1, 1);
        explainer = new Explainer(counters.throttles(new TestHealth().health(), 0));
    }

    private static LongCall call(int depth, long entryMs, long exitMs, long cpuNs, long waitedNs) {
        return new LongCall(7, 0, false, depth, entryMs * MS, exitMs * MS, cpuNs, 0, 0, waitedNs, UNKNOWN);
    }

    private static LongCall call(long cpuMs) {
        return call(0, 0, 100, cpuMs * MS, UNKNOWN);
    }

    private static Verdict stolen(long stolenMs, long onCpuMs) {
        return new Verdict(Verdict.Kind.CORRECTED, stolenMs * MS, onCpuMs * MS, 0, 100 * MS);
    }

    private static OffCpu off(long delayMs, long unaskedMs, long monitorMs, long waitingMs) {
        return new OffCpu(delayMs * MS, unaskedMs * MS, monitorMs * MS, waitingMs * MS, true, 0);
    }

    /** Milliseconds of the parts that are there. */
    private static Map<Part, Long> parts(CallSplit split) {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            if (split.ns(part) != 0) {
                parts.put(part, split.ns(part) / MS);
            }
        }
        return parts;
    }

    private Map<Part, Long> explain(LongCall call, @Nullable Verdict verdict, KernelKind kind, OffCpu off) {
        return parts(Alone.explain(explainer, call, verdict, kind, off, UNKNOWN));
    }

    @Test
    void shouldTellEachPart() {
        counters.grow(0, 3 * MS);
        explainer.sample(100 * MS);
        // Of 30 ms of run delay 10 were stolen from the vCPU meanwhile, and 3 throttled.
        assertThat(explain(call(40), stolen(15, 5), KernelKind.EXCLUDES, off(30, 0, 8, 9)))
                .isEqualTo(Map.of(
                        Part.RUNNING, 40L,
                        Part.STOLEN, 15L,
                        Part.RUN_DELAY, 17L,
                        Part.THROTTLED, 3L,
                        Part.MONITOR, 8L,
                        Part.WAITING, 9L,
                        Part.BLOCKED, 8L));
    }

    @Test
    void shouldTakeStealOutOfACpuTimeThatHoldsIt() {
        assertThat(explain(call(60), stolen(20, 15), KernelKind.INCLUDES, NOTHING))
                .isEqualTo(Map.of(Part.RUNNING, 45L, Part.STOLEN, 20L, Part.BLOCKED, 35L));
        assertThat(explain(call(60), stolen(20, 15), KernelKind.EXCLUDES, NOTHING))
                .isEqualTo(Map.of(Part.RUNNING, 60L, Part.STOLEN, 20L, Part.BLOCKED, 20L));
    }

    @Test
    void shouldSayWhatMayBeStealWhereThatIsUnknown() {
        Verdict tainted = new Verdict(Verdict.Kind.TAINTED, 0, 0, 0, 0);
        for (Verdict verdict : new Verdict[] {null, tainted}) {
            assertThat(explain(call(60), verdict, KernelKind.INCLUDES, off(0, 0, 10, 0)))
                    .isEqualTo(Map.of(Part.RUNNING_OR_STOLEN, 60L, Part.MONITOR, 10L, Part.BLOCKED, 30L));
            assertThat(explain(call(60), verdict, KernelKind.EXCLUDES, off(0, 0, 10, 0)))
                    .isEqualTo(Map.of(Part.RUNNING, 60L, Part.MONITOR, 10L, Part.OFF_CPU, 30L));
            assertThat(explain(call(60), verdict, KernelKind.UNKNOWN, NOTHING))
                    .isEqualTo(Map.of(Part.RUNNING_OR_STOLEN, 60L, Part.BLOCKED, 40L));
        }
    }

    @Test
    void shouldKeepApartWhatNobodyAskedAbout() {
        assertThat(explain(call(60), stolen(0, 0), KernelKind.EXCLUDES, off(5, 7, 0, 20)))
                .isEqualTo(Map.of(
                        Part.RUNNING, 60L,
                        Part.RUN_DELAY, 5L,
                        Part.OFF_CPU, 7L,
                        Part.WAITING, 20L,
                        Part.BLOCKED, 8L));
        // 4 of the 9 ms that were stolen while it waited are in that run delay, 5 in what nobody asked about.
        assertThat(explain(call(60), stolen(9, 0), KernelKind.EXCLUDES, off(4, 7, 0, 0)))
                .isEqualTo(Map.of(Part.RUNNING, 60L, Part.STOLEN, 9L, Part.OFF_CPU, 2L, Part.BLOCKED, 29L));
    }

    /** What was neither charged nor switched out cannot have been blocked. */
    @Test
    void shouldNotCallBlockedWhatWasNotSwitchedOut() {
        LongCall call = call(0, 0, 100, 60 * MS, 25 * MS);
        assertThat(explain(call, stolen(0, 0), KernelKind.EXCLUDES, off(5, 0, 0, 0)))
                .isEqualTo(Map.of(Part.RUNNING, 60L, Part.RUN_DELAY, 5L, Part.OFF_CPU, 15L, Part.BLOCKED, 20L));
    }

    @Test
    void shouldShowHowMuchOfTheBlockedTimeMayHaveMetSteal() {
        CallSplit split =
                Alone.explain(explainer, call(60), stolen(0, 0), KernelKind.EXCLUDES, off(5, 0, 10, 0), 12 * MS);
        assertThat(split.blockedWhileStolenNs()).isEqualTo(12 * MS);
        split = Alone.explain(explainer, call(60), stolen(0, 0), KernelKind.EXCLUDES, off(5, 0, 10, 0), 90 * MS);
        assertThat(split.blockedWhileStolenNs()).as("all of it").isEqualTo(35 * MS);
        split = Alone.explain(explainer, call(60), null, KernelKind.EXCLUDES, NOTHING, UNKNOWN);
        assertThat(split.blockedWhileStolenNs()).isEqualTo(UNKNOWN);
        assertThat(split.toWallSplit().blockedWhileStolenNs()).isNull();
    }

    @Test
    void shouldThrottleNoCallByMoreThanItsRunDelay() {
        counters.grow(0, 50 * MS);
        explainer.sample(100 * MS);
        assertThat(explain(call(60), stolen(0, 0), KernelKind.EXCLUDES, off(10, 0, 0, 0)))
                .isEqualTo(Map.of(Part.RUNNING, 60L, Part.THROTTLED, 10L, Part.BLOCKED, 30L));
        Throttled totals = Objects.requireNonNull(explainer.throttled());
        assertThat(totals.attributedNs()).isEqualTo(10 * MS);
        assertThat(totals.unattributedNs()).isEqualTo(40 * MS);
    }

    @Test
    void shouldGiveThrottledTimeToTheInnermostCallAndOnceToItsCallers() {
        counters.grow(0, 30 * MS);
        explainer.sample(200 * MS);
        OffCpu off = off(20, 0, 0, 0);
        assertThat(explain(call(1, 10, 50, 20 * MS, UNKNOWN), stolen(0, 0), KernelKind.EXCLUDES, off))
                .containsEntry(Part.THROTTLED, 20L);
        assertThat(explain(call(0, 0, 100, 60 * MS, UNKNOWN), stolen(0, 0), KernelKind.EXCLUDES, off(25, 0, 0, 0)))
                .as("5 ms of delay of its own besides")
                .containsEntry(Part.THROTTLED, 25L);
        assertThat(Objects.requireNonNull(explainer.throttled()).attributedNs()).isEqualTo(25 * MS);
    }

    /** A call was not delayed itself, so what was throttled besides its callees hit another one. */
    @Test
    void shouldNotThrottleACallByWhatItsCalleesWaitedForOtherwise() {
        counters.grow(0, 10 * MS);
        explainer.sample(60 * MS);
        counters.grow(0, 30 * MS);
        explainer.sample(100 * MS);
        OffCpu off = off(20, 0, 0, 0);
        assertThat(explain(call(1, 10, 50, 20 * MS, UNKNOWN), stolen(0, 0), KernelKind.EXCLUDES, off))
                .containsEntry(Part.THROTTLED, 10L)
                .containsEntry(Part.RUN_DELAY, 10L);
        assertThat(explain(call(0, 0, 100, 60 * MS, UNKNOWN), stolen(0, 0), KernelKind.EXCLUDES, off))
                .containsEntry(Part.THROTTLED, 10L)
                .containsEntry(Part.RUN_DELAY, 10L);
    }

    /** What is found below a call of unknown CPU time is its caller's, and not that of the next call as deep. */
    @Test
    void shouldPassOnWhatWasThrottledBelowACallOfUnknownCpuTime() {
        counters.grow(0, 30 * MS);
        explainer.sample(200 * MS);
        OffCpu off = off(10, 0, 0, 0);
        Verdict none = stolen(0, 0);
        explain(call(2, 10, 30, 5 * MS, UNKNOWN), none, KernelKind.EXCLUDES, off);
        explain(call(1, 5, 35, UNKNOWN, UNKNOWN), none, KernelKind.EXCLUDES, off);
        explain(call(2, 50, 70, 5 * MS, UNKNOWN), none, KernelKind.EXCLUDES, off);
        assertThat(explain(call(1, 45, 75, 10 * MS, UNKNOWN), none, KernelKind.EXCLUDES, off))
                .containsEntry(Part.THROTTLED, 10L);
        assertThat(Objects.requireNonNull(explainer.throttled()).attributedNs())
                .as("that of two calls")
                .isEqualTo(20 * MS);
        assertThat(explain(call(0, 0, 100, 30 * MS, UNKNOWN), none, KernelKind.EXCLUDES, off(20, 0, 0, 0)))
                .containsEntry(Part.THROTTLED, 20L);
        assertThat(Objects.requireNonNull(explainer.throttled()).attributedNs()).isEqualTo(20 * MS);
    }

    @Test
    void shouldForgetTheCallsOfAThreadThatEnded() {
        counters.grow(0, 30 * MS);
        explainer.sample(200 * MS);
        explain(call(1, 10, 50, 20 * MS, UNKNOWN), stolen(0, 0), KernelKind.EXCLUDES, off(20, 0, 0, 0));
        explainer.threadEnded(7);
        assertThat(explain(call(0, 0, 100, 60 * MS, UNKNOWN), stolen(0, 0), KernelKind.EXCLUDES, off(20, 0, 0, 0)))
                .as("what is left")
                .containsEntry(Part.THROTTLED, 10L);
    }
}
