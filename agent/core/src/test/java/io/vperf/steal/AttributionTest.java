package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.clock.VcpuClock;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttributionTest {

    private static final long MS = 1_000_000;
    private static final long READING_COST_NS = 20_000;

    private final TestHealth health = new TestHealth();
    private final Timelines timelines = new Timelines(health.health());

    /** One window of 100 ms on a vCPU. */
    private void window(int vcpu, int stealTicks, int busyTicks) {
        timelines.present(vcpu, 0, 1000, 1000, 5000);
        timelines.present(vcpu, 100 * MS, 1000 + stealTicks, 1000 + busyTicks, 5010);
    }

    private Attribution attribution(KernelKind kind) {
        return new Attribution(timelines, kind, READING_COST_NS, InterruptTime.CHARGED, new Limits(health.health()));
    }

    private static LongCall call(long entryMs, long exitMs, long cpuMs) {
        return LongCalls.call(1, 0, entryMs * MS, exitMs * MS, cpuMs * MS, 0, 0);
    }

    private long attributedNs() {
        long[] sum = new long[1];
        Seen.forEach(timelines, (timeline, vcpu) -> sum[0] += timeline.totalAttributedNs());
        return sum[0];
    }

    @Test
    void shouldTakeTheGapForStealWhereCpuTimeExcludesItAndTheTimelineHoldsIt() {
        window(0, 3, 7);
        Verdict verdict = attribution(KernelKind.EXCLUDES).judge(call(10, 60, 38));

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.CORRECTED);
        assertThat(verdict.stolenNs()).isEqualTo(12 * MS);
        assertThat(attributedNs()).isEqualTo(12 * MS);
    }

    @Test
    void shouldGiveNoMoreThanTheCounterShowsAndATick() {
        window(0, 3, 7);
        Verdict verdict = attribution(KernelKind.EXCLUDES).judge(call(0, 90, 10));

        assertThat(verdict.stolenNs()).isEqualTo(40 * MS);
        assertThat(verdict.mostNs()).as("counters have errors of their own").isGreaterThanOrEqualTo(40 * MS);
    }

    @Test
    void shouldNotTakeAGapForStealInWhichTheThreadMayHaveSlept() {
        window(0, 3, 7);
        Verdict verdict = attribution(KernelKind.EXCLUDES).judge(LongCalls.blocked(0, 100 * MS, 10 * MS));

        assertThat(verdict.stolenNs())
                .as("its share: 10 of 70 ms in which anybody ran, of 30 ms")
                .isEqualTo(30 * MS / 7);
        assertThat(verdict.mostNs()).isEqualTo(40 * MS);
    }

    @Test
    void shouldGiveNothingWhereNothingWasStolen() {
        window(0, 0, 10);
        assertThat(attribution(KernelKind.EXCLUDES).judge(call(10, 60, 20)).stolenNs())
                .isZero();
    }

    @Test
    void shouldShareOutByBusyTimeWhereCpuTimeIncludesSteal() {
        window(0, 4, 6);
        // Busy and steal together were 100 ms, half of which was charged to this call.
        Verdict verdict = attribution(KernelKind.INCLUDES).judge(LongCalls.blocked(0, 100 * MS, 50 * MS));

        assertThat(verdict.stolenNs()).isEqualTo(20 * MS);
    }

    @Test
    void shouldGiveABlockedCallNothingWhereCpuTimeIncludesSteal() {
        window(0, 4, 6);
        assertThat(attribution(KernelKind.INCLUDES)
                        .judge(LongCalls.blocked(0, 100 * MS, 0))
                        .stolenNs())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(KernelKind.class)
    void shouldNotGiveTheSameStealTwice(KernelKind kind) {
        window(0, 5, 5);
        Attribution attribution = attribution(kind);
        long givenNs = 0;
        for (int thread = 0; thread < 10; thread++) {
            givenNs += attribution
                    .judge(LongCalls.call(thread, 0, 0, 100 * MS, 50 * MS, 0, 0))
                    .stolenNs();
        }
        assertThat(givenNs).as("and a tick").isPositive().isLessThanOrEqualTo(60 * MS);
        assertThat(attributedNs()).isLessThanOrEqualTo(60 * MS);
    }

    @ParameterizedTest
    @EnumSource(KernelKind.class)
    void shouldNotGiveTheSameStealToACallAndItsCallee(KernelKind kind) {
        window(0, 4, 6);
        Attribution attribution = attribution(kind);
        Verdict callee = attribution.judge(LongCalls.call(1, 1, 0, 100 * MS, 60 * MS, 0, 0));
        Verdict caller = attribution.judge(LongCalls.call(1, 0, 0, 100 * MS, 60 * MS, 0, 0));

        assertThat(callee.stolenNs()).isPositive();
        assertThat(caller.stolenNs()).isBetween(callee.stolenNs(), 40 * MS);
        assertThat(attributedNs()).isBetween(caller.stolenNs() - 4, caller.stolenNs());
    }

    @Test
    void shouldNotTakeACalleesGapForTheCallersOwn() {
        window(0, 6, 4);
        Attribution attribution = attribution(KernelKind.EXCLUDES);
        attribution.judge(LongCalls.call(1, 1, 10 * MS, 90 * MS, 60 * MS, 0, 0));
        Verdict caller = attribution.judge(LongCalls.call(1, 0, 0, 100 * MS, 80 * MS, 0, 0));

        assertThat(caller.stolenNs()).isEqualTo(20 * MS);
        assertThat(attributedNs()).isEqualTo(20 * MS);
        assertThat(health.health().totals()).isEmpty();
    }

    @Test
    void shouldCarryTheStealOfCalleesThroughACallThatIsSkipped() {
        window(0, 4, 6);
        Attribution attribution = attribution(KernelKind.EXCLUDES);
        Verdict inner = attribution.judge(LongCalls.call(1, 2, 10 * MS, 90 * MS, 60 * MS, 0, 0));
        attribution.skip(LongCalls.call(1, 1, 5 * MS, 95 * MS, 70 * MS, 0, 0));
        Verdict outer = attribution.judge(LongCalls.call(1, 0, 0, 100 * MS, 80 * MS, 0, 0));

        assertThat(inner.stolenNs()).isEqualTo(20 * MS);
        assertThat(outer.stolenNs()).isEqualTo(20 * MS);
    }

    @Test
    void shouldDivideACallThatMigrated() {
        window(0, 10, 0);
        window(1, 0, 10);
        LongCall migrated =
                new LongCall(1, 0, false, 0, 0, 100 * MS, 40 * MS, 0, 1, ThreadClock.UNKNOWN, ThreadClock.UNKNOWN);

        // The gap of 60 ms is more than half of what was stolen on vCPU 0.
        assertThat(attribution(KernelKind.EXCLUDES).judge(migrated).stolenNs()).isLessThanOrEqualTo(50 * MS);
    }

    @ParameterizedTest
    @EnumSource(KernelKind.class)
    void shouldNotCorrectWithinATaintedWindow(KernelKind kind) {
        timelines.present(0, 0, 1000, 1000, 5000);
        timelines.present(0, 100 * MS, 900, 1010, 5010);
        Verdict verdict = attribution(kind).judge(call(10, 60, 38));

        assertThat(verdict).isEqualTo(Verdict.TAINTED);
        assertThat(attributedNs()).isZero();
        assertThat(health.total(Trouble.TAINTED_WINDOWS)).isEqualTo(1);
    }

    @Test
    void shouldCorrectAgainAfterATaintedWindow() {
        timelines.present(0, 0, 1000, 1000, 5000);
        timelines.present(0, 100 * MS, 900, 1010, 5010);
        timelines.present(0, 200 * MS, 903, 1017, 5020);

        assertThat(attribution(KernelKind.EXCLUDES).judge(call(110, 160, 38)).stolenNs())
                .isEqualTo(12 * MS);
    }

    @Test
    void shouldUseOnlyTheTrustedPartOfACallThatTouchesATaintedWindow() {
        timelines.present(0, 0, 1000, 1000, 5000);
        timelines.present(0, 100 * MS, 900, 1010, 5010);
        timelines.present(0, 200 * MS, 902, 1018, 5020);
        Verdict verdict = attribution(KernelKind.EXCLUDES).judge(call(50, 150, 50));

        assertThat(verdict.stolenNs()).as("and a tick").isBetween(1L, 30 * MS);
        assertThat(attributedNs()).isLessThanOrEqualTo(30 * MS);
    }

    @Test
    void shouldSayThatTheShareIsUnknownWithoutCpuTimeOrVcpu() {
        window(0, 5, 5);
        Attribution attribution = attribution(KernelKind.INCLUDES);

        assertThat(attribution.judge(LongCalls.call(1, 0, 0, 50 * MS, ThreadClock.UNKNOWN, 0, 0)))
                .isEqualTo(Verdict.UNKNOWN_SHARE);
        assertThat(attribution.judge(LongCalls.call(1, 0, 0, 50 * MS, 1, VcpuClock.UNKNOWN, 0)))
                .isEqualTo(Verdict.UNKNOWN_SHARE);
        assertThat(attribution.judge(LongCalls.call(1, 0, 0, 50 * MS, 1, 0, 17)))
                .isEqualTo(Verdict.UNKNOWN_SHARE);
        assertThat(attributedNs()).isZero();
    }

    @Test
    void shouldKeepWhatWasFoundInCalleesOfACallThatCannotBeJudgedItself() {
        window(0, 5, 5);
        Attribution attribution = attribution(KernelKind.EXCLUDES);
        attribution.judge(LongCalls.call(1, 1, 10 * MS, 50 * MS, 20 * MS, 0, 0));
        Verdict caller = attribution.judge(LongCalls.call(1, 0, 0, 100 * MS, ThreadClock.UNKNOWN, 0, 0));

        assertThat(caller.kind()).isEqualTo(Verdict.Kind.CORRECTED);
        assertThat(caller.stolenNs()).isEqualTo(20 * MS);
    }

    @Test
    void shouldWaitUntilBothVcpusAreUpToDate() {
        Attribution attribution = attribution(KernelKind.EXCLUDES);
        LongCall call = LongCalls.call(1, 0, 0, 50 * MS, 1, 0, 1);
        window(0, 0, 10);
        timelines.present(0, 200 * MS, 1000, 1020, 5020);
        timelines.present(1, 0, 0, 0, 0);
        assertThat(attribution.isCovered(call)).isFalse();

        timelines.present(1, 100 * MS, 0, 10, 10);
        assertThat(attribution.isCovered(call))
                .as("booked after 0, maybe before 50")
                .isFalse();
        timelines.present(1, 200 * MS, 0, 20, 20);
        assertThat(attribution.isCovered(call)).isTrue();
    }

    @Test
    void shouldNotWaitForAVcpuThatHasNoCounter() {
        assertThat(attribution(KernelKind.EXCLUDES).isCovered(LongCalls.call(1, 0, 0, 1, 1, VcpuClock.UNKNOWN, 9)))
                .isTrue();
    }

    @Test
    void shouldNotDivideByACallOfNoLength() {
        window(0, 5, 5);
        for (KernelKind kind : KernelKind.values()) {
            assertThat(attribution(kind).judge(call(10, 10, 0)).stolenNs()).isZero();
            assertThat(attribution(kind)
                            .judge(LongCalls.call(1, 0, 5, 5, 100, 0, 0))
                            .stolenNs())
                    .isZero();
        }
    }

    @Test
    void shouldCountCpuTimeAboveWallTime() {
        window(0, 5, 5);
        attribution(KernelKind.EXCLUDES).judge(call(10, 20, 15));
        assertThat(health.total(Trouble.CLAMPED_NEGATIVE)).isPositive();
    }

    @Test
    void shouldBoundTheErrorByTheResolutionOfTheCounter() {
        window(0, 0, 10);
        Verdict verdict = attribution(KernelKind.INCLUDES).judge(call(10, 90, 80));

        assertThat(verdict.stolenNs()).isZero();
        assertThat(verdict.boundNs()).isEqualTo(10 * MS);
    }
}
