package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.platform.KernelKind;
import io.vperf.report.RunSummary;
import io.vperf.report.TextReport;
import io.vperf.steal.StealCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which intervals have corrected times. {@link RecordingBoundTest#JUDGE} takes 30 ns from each call. */
class RecordingCorrectionTest {

    private static final FixedCounters MOVED = new FixedCounters(1_000_000, false);

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(5_000);
    private final int id = table.register("m");

    private Recording recording(int deferredCapacity) {
        Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 50, deferredCapacity, 0);
        recording.setStealKnown(true);
        return recording;
    }

    private void longCall(Recording recording) {
        ProbeHandler probe = recording.probeHandler();
        Object frame = probe.enter(id);
        clocks.advance(100, 100);
        probe.exit(frame, null);
        recording.settle(RecordingBoundTest.JUDGE, false);
    }

    private static MethodInterval only(IntervalSnapshot snapshot) {
        assertThat(snapshot.methods()).hasSize(1);
        return snapshot.methods().get(0);
    }

    @Test
    void shouldCorrectCpuTimeInIntervalsInWhichItHoldsSteal() {
        Recording recording = recording(10);
        recording.setKernelKind(KernelKind.INCLUDES);
        longCall(recording);
        MethodInterval includes = only(recording.take(1, List.of(), MOVED));
        recording.setKernelKind(KernelKind.EXCLUDES);
        longCall(recording);
        MethodInterval excludes = only(recording.take(2, List.of(), MOVED));
        recording.setKernelKind(KernelKind.UNKNOWN);
        longCall(recording);
        MethodInterval unknown = only(recording.take(3, List.of(), MOVED));

        assertThat(includes.cpuNs()).isEqualTo(100);
        assertThat(Objects.requireNonNull(includes.correction()).cpuNs()).isEqualTo(70);
        assertThat(Objects.requireNonNull(excludes.correction()).cpuNs()).isNull();
        assertThat(Objects.requireNonNull(unknown.correction()).cpuNs()).isNull();
    }

    @Test
    void shouldLeaveOneTaintedIntervalUncorrected() {
        Recording recording = recording(10);
        longCall(recording);
        recording.taintInterval("the kernel was another");
        longCall(recording);
        IntervalSnapshot tainted = recording.take(1, List.of(), MOVED);
        longCall(recording);
        IntervalSnapshot next = recording.take(2, List.of(), MOVED);

        assertThat(only(tainted).correction()).isNull();
        assertThat(only(tainted).wall().getTotalCount()).isEqualTo(2);
        assertThat(tainted.tainted()).isEqualTo("the kernel was another");
        assertThat(tainted.health()).containsEntry(Trouble.INTERVALS_TAINTED.key(), 1L);
        assertThat(only(next).correction()).isNotNull();
        assertThat(next.tainted()).isNull();
        assertThat(health.total(Trouble.INTERVALS_TAINTED)).isEqualTo(1);
    }

    /** Nobody can tell on which side of the end a call was entered. */
    @Test
    void shouldTaintBothIntervalsBetweenWhichItCame() {
        Recording recording = recording(10);
        longCall(recording);
        StealCounters taints = fromNs -> {
            recording.taintInterval("late");
            return 1_000_000;
        };
        IntervalSnapshot first = recording.take(1, List.of(), taints);
        longCall(recording);
        IntervalSnapshot second = recording.take(2, List.of(), MOVED);
        longCall(recording);
        IntervalSnapshot third = recording.take(3, List.of(), MOVED);

        assertThat(only(first).correction()).isNull();
        assertThat(only(second).correction()).isNull();
        assertThat(only(third).correction()).isNotNull();
        assertThat(health.total(Trouble.INTERVALS_TAINTED)).isEqualTo(2);
    }

    /** No entry is kept of a call that finds no room to wait. */
    @Test
    void shouldAskTheCountersForTheWholeTimeOfACallThatFoundNoRoom() {
        Recording recording = recording(0);
        recording.take(1, List.of(), MOVED);
        long beganNs = clocks.nowNs();
        longCall(recording);
        List<Long> asked = new ArrayList<>();
        MethodInterval m = only(recording.take(2, null, new StealCounters() {
            @Override
            public long mostStolenSinceNs(long fromNs) {
                return 0;
            }

            @Override
            public boolean noneStolenSince(long fromNs) {
                asked.add(fromNs);
                return true;
            }
        }));

        assertThat(health.total(Trouble.UNCORRECTED_OVERFLOW)).isEqualTo(1);
        assertThat(asked).containsExactly(beganNs - 100);
        assertThat(m.stolenNs()).isZero();
        assertThat(m.corrected()).isSameAs(m.wall());
    }

    @Test
    void shouldKnowNothingOfCallsThatFoundNoRoomWhileThereWasSteal() {
        Recording recording = recording(0);
        longCall(recording);
        MethodInterval m = only(recording.take(1, List.of(), MOVED));

        assertThat(m.stolenNs()).isNull();
        assertThat(m.corrected()).isNull();
        assertThat(m.uncorrectedCalls()).isEqualTo(1);
    }

    private String report(int shortCalls, int longCalls, int corrected) {
        Recording recording = recording(corrected);
        ProbeHandler probe = recording.probeHandler();
        for (int i = 0; i < shortCalls + longCalls; i++) {
            Object frame = probe.enter(id);
            clocks.advance(i < shortCalls ? 10 : 100, 1);
            probe.exit(frame, null);
        }
        recording.settle(RecordingBoundTest.JUDGE, false);
        RunSummary run = new RunSummary(null);
        run.accept(recording.take(1, List.of(), MOVED));
        return TextReport.of(run, List.of());
    }

    @Test
    void shouldReportRawTimesInPlaceOfCorrectedOnesAsUncertain() {
        String line = "\n  calls that stand in corrected with their raw time: ";
        assertThat(report(0, 10, 3))
                .contains(line + "7 of 10 (70.00 %); in at least without what can have been stolen\n")
                .containsPattern("\n  corrected +100 ns\\? +100 ns\\? +100 ns\\? +100 ns\\?\n    at least +0 ns ")
                .contains("\n? after a figure: ");
        assertThat(report(0, 10, 7))
                .contains(line + "3 of 10 (30.00 %)")
                .containsPattern("\n  corrected +70 ns\\? +100 ns\\? +100 ns\\? +100 ns\\?\n");
        assertThat(report(990, 10, 7))
                .contains(line + "3 of 1,000 (0.30 %)")
                .containsPattern("\n  corrected +10 ns +10 ns +100 ns\\? +100 ns\\?\n");
        assertThat(report(0, 10, 10)).doesNotContain("raw time", "100 ns?");
    }

    @Test
    void shouldTellTheMostThatCanHaveBeenStolenInTheRun() {
        Recording recording = recording(10);
        assertThat(recording
                        .take(1, List.of(), fromNs -> fromNs == Long.MIN_VALUE ? 77 : 0)
                        .mostStolenNs())
                .isEqualTo(77);
        assertThat(recording.take(2, null, MOVED).mostStolenNs()).isNull();
    }
}
