package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VcpuTimelineTest {

    private static final long TICK = VcpuTimeline.TICK_NS;

    private final VcpuTimeline timeline = new VcpuTimeline();

    @Test
    void shouldHaveNoWindowBeforeTheSecondSample() {
        timeline.add(0, 1000, 1000, 5000);

        assertThat(timeline.windowAt(0)).isGreaterThanOrEqualTo(timeline.end());
        assertThat(timeline.totalStolenNs())
                .as("steal from before the first sample")
                .isZero();
    }

    @Test
    void shouldShowWhatWasCountedBetweenTwoSamples() {
        timeline.add(0, 1000, 1000, 5000);
        assertThat(timeline.add(10 * TICK, 1003, 1005, 5010)).isTrue();

        int w = timeline.windowAt(5 * TICK);
        assertThat(timeline.startNs(w)).isZero();
        assertThat(timeline.endNs(w)).isEqualTo(10 * TICK);
        assertThat(timeline.stolenNs(w)).isEqualTo(3 * TICK);
        assertThat(timeline.busyNs(w)).isEqualTo(5 * TICK);
        assertThat(timeline.remainingNs(w)).isEqualTo(3 * TICK);
    }

    @Test
    void shouldBeUpToDateForWhatEndedBeforeASampleAfterWhichSomethingWasCounted() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 0, 10, 10);
        assertThat(timeline.coveredUntilNs()).isZero();
        timeline.add(20 * TICK, 0, 20, 20);
        assertThat(timeline.coveredUntilNs()).isEqualTo(10 * TICK);
    }

    @Test
    void shouldNotBeUpToDateWhileNothingIsCounted() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 0, 10, 10);
        timeline.add(20 * TICK, 0, 10, 10);
        timeline.add(30 * TICK, 0, 10, 10);
        assertThat(timeline.coveredUntilNs()).isZero();
        timeline.add(40 * TICK, 0, 20, 20);
        assertThat(timeline.coveredUntilNs())
                .as("ended before the sample at 30")
                .isEqualTo(30 * TICK);
    }

    /** A vCPU counts its steal when it runs again, however many samples were taken meanwhile. */
    @Test
    void shouldTakeStealThatIsBookedLateForTheStretchSinceTheLastUpdate() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 0, 10, 10);
        timeline.add(20 * TICK, 0, 10, 10);
        timeline.add(30 * TICK, 0, 10, 10);

        assertThat(timeline.add(40 * TICK, 28, 12, 40)).isTrue();

        int w = timeline.windowAt(15 * TICK);
        assertThat(timeline.startNs(w)).isEqualTo(10 * TICK);
        assertThat(timeline.endNs(w)).isEqualTo(40 * TICK);
        assertThat(timeline.stolenNs(w)).isEqualTo(28 * TICK);
    }

    @Test
    void shouldTaintWhatJumpsByMoreThanTheStretchSinceAllStealWasBooked() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 0, 10, 10);
        timeline.add(20 * TICK, 0, 20, 20);
        timeline.add(30 * TICK, 0, 20, 20);

        assertThat(timeline.add(40 * TICK, 32, 20, 52)).isFalse();
    }

    /** The vCPU was busy, ticked and was then stolen, all before the sample at 20. */
    @Test
    void shouldAllowStealThatBeganInTheWindowBefore() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 0, 10, 10);
        timeline.add(20 * TICK, 0, 11, 11);

        assertThat(timeline.add(30 * TICK, 19, 12, 31)).isTrue();

        int w = timeline.windowAt(25 * TICK);
        assertThat(timeline.stolenNs(w)).isEqualTo(19 * TICK);
        assertThat(timeline.startNs(w)).isEqualTo(20 * TICK);
        assertThat(timeline.stolenFromNs(w)).isEqualTo(10 * TICK);
    }

    /** Waits of a vCPU that wakes up are booked when it runs; until then the guest takes it for idle. */
    @Test
    void shouldAllowStealThatBeganWhileTheGuestTookTheVcpuForIdle() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 0, 2, 10);
        for (long sample = 2; sample < 9; sample++) {
            timeline.add(sample * 10 * TICK, 0, 2, sample * 10);
        }

        assertThat(timeline.add(90 * TICK, 68, 3, 158)).isTrue();
        assertThat(timeline.stolenFromNs(timeline.windowAt(85 * TICK))).isZero();
    }

    @Test
    void shouldRememberHowFarBackStealMayGoWhenMerging() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 0, 10, 10);
        timeline.add(20 * TICK, 15, 11, 26);
        for (long sample = 3; sample < 600; sample++) {
            timeline.add(sample * 10 * TICK, 15, 10 * sample, 15 + 10 * sample);
        }
        assertThat(timeline.stolenFromNs(timeline.windowAt(15 * TICK))).isZero();
        int last = timeline.end() - 1;
        assertThat(timeline.stolenFromNs(last)).isEqualTo(timeline.startNs(last) - 10 * TICK);
    }

    @Test
    void shouldKnowHowLateItsEndsWereRead() {
        timeline.add(0, 100, 0, 0, 0, 0);
        timeline.add(10 * TICK, 10 * TICK + 7, 0, 10, 0, 10);
        timeline.add(20 * TICK, 20 * TICK + 50, 0, 20, 0, 20);

        assertThat(timeline.latenessNs(timeline.windowAt(5 * TICK))).isEqualTo(107);
        assertThat(timeline.latenessNs(timeline.windowAt(15 * TICK))).isEqualTo(57);
    }

    @Test
    void shouldCountTheLatenessOfASampleAmongWhatElapsed() {
        timeline.add(0, 0, 0, 0, 0, 0);
        assertThat(timeline.add(10 * TICK, 25 * TICK, 26, 0, 0, 26)).isTrue();
    }

    @Test
    void shouldTellInterruptsFromOtherBusyTime() {
        timeline.add(0, 0, 0, 0, 0, 0);
        timeline.add(10 * TICK, 10 * TICK, 1, 9, 4, 10);
        timeline.add(20 * TICK, 20 * TICK, 1, 19, 5, 20);

        int w = timeline.windowAt(5 * TICK);
        assertThat(timeline.irqNs(w)).isEqualTo(4 * TICK);
        assertThat(timeline.busyNs(w)).isEqualTo(9 * TICK);
        assertThat(timeline.irqNs(timeline.windowAt(15 * TICK))).isEqualTo(TICK);
    }

    @Test
    void shouldTaintInterruptTimeThatRunsBackwards() {
        timeline.add(0, 0, 0, 5, 5, 5);
        assertThat(timeline.add(10 * TICK, 10 * TICK, 1, 9, 4, 15)).isFalse();
    }

    @Test
    void shouldTaintBusyTimeThatJumps() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 0, 10, 10);
        assertThat(timeline.add(20 * TICK, 0, 37, 37)).isFalse();
        assertTainted(15 * TICK);
    }

    @Test
    void shouldTaintAStretchInWhichNothingWasCountedAnywhere() {
        timeline.add(0, 0, 0, 0);
        timeline.add(100 * TICK, 0, 100, 100);
        timeline.add(200 * TICK, 0, 100, 100);
        assertThat(timeline.add(300 * TICK, 2, 108, 110)).isFalse();
        assertTainted(200 * TICK);

        assertThat(timeline.add(400 * TICK, 4, 206, 210)).isTrue();
    }

    @Test
    void shouldAllowOneTickMoreThanElapsed() {
        timeline.add(0, 0, 0, 0);
        assertThat(timeline.add(10 * TICK, 11, 0, 11)).isTrue();
    }

    @Test
    void shouldTaintACounterThatJumps() {
        timeline.add(0, 0, 0, 0);
        assertThat(timeline.add(10 * TICK, 12, 0, 12)).isFalse();
        assertTainted(5 * TICK);
    }

    @Test
    void shouldTaintStealThatRunsBackwards() {
        timeline.add(0, 100, 100, 200);
        assertThat(timeline.add(10 * TICK, 99, 105, 210)).isFalse();
        assertTainted(5 * TICK);
    }

    @Test
    void shouldTaintBusyTimeThatRunsBackwards() {
        timeline.add(0, 100, 100, 200);
        assertThat(timeline.add(10 * TICK, 101, 99, 210)).isFalse();
        assertTainted(5 * TICK);
    }

    @Test
    void shouldTaintTheWindowInWhichTheVcpuWasAway() {
        timeline.add(0, 100, 100, 200);
        timeline.absent();
        assertThat(timeline.add(20 * TICK, 101, 105, 210)).isFalse();
        assertTainted(5 * TICK);
    }

    @Test
    void shouldTaintEvenIfTheVcpuComesBackWithTheSameCounters() {
        timeline.add(0, 100, 100, 200);
        timeline.absent();
        assertThat(timeline.add(20 * TICK, 100, 100, 200)).isFalse();
    }

    @Test
    void shouldLoseNothingWhileTheClockIsBehind() {
        timeline.add(10 * TICK, 100, 100, 200);
        timeline.add(20 * TICK, 101, 109, 210);
        assertThat(timeline.add(19 * TICK, 104, 109, 213)).isTrue();
        assertThat(timeline.end()).isEqualTo(2);
        assertThat(timeline.add(30 * TICK, 105, 114, 220)).isTrue();

        assertThat(timeline.stolenNs(timeline.windowAt(25 * TICK))).isEqualTo(4 * TICK);
        assertThat(timeline.totalStolenNs()).isEqualTo(5 * TICK);
    }

    @Test
    void shouldLoseNothingBetweenSamplesOfTheSameTime() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 1, 9, 10);
        timeline.add(10 * TICK, 3, 9, 12);
        timeline.add(20 * TICK, 5, 15, 20);

        assertThat(timeline.end()).isEqualTo(3);
        assertThat(timeline.stolenNs(timeline.windowAt(15 * TICK))).isEqualTo(4 * TICK);
    }

    @Test
    void shouldRecoverAfterATaintedWindow() {
        timeline.add(0, 100, 100, 200);
        timeline.add(10 * TICK, 50, 105, 210);
        assertThat(timeline.add(20 * TICK, 54, 110, 220)).isTrue();

        int w = timeline.windowAt(15 * TICK);
        assertThat(timeline.isTainted(w)).isFalse();
        assertThat(timeline.stolenNs(w)).isEqualTo(4 * TICK);
        assertThat(timeline.totalStolenNs()).isEqualTo(4 * TICK);
    }

    @Test
    void shouldRememberWhatWasAttributed() {
        timeline.add(0, 0, 0, 0);
        timeline.add(10 * TICK, 5, 5, 10);
        int w = timeline.windowAt(0);
        timeline.attribute(w, 2 * TICK);
        timeline.attribute(w, TICK);

        assertThat(timeline.remainingNs(w)).isEqualTo(2 * TICK);
        assertThat(timeline.totalAttributedNs()).isEqualTo(3 * TICK);
    }

    private void assertTainted(long atNs) {
        int w = timeline.windowAt(atNs);
        assertThat(timeline.isTainted(w)).isTrue();
        assertThat(timeline.stolenNs(w)).isZero();
        assertThat(timeline.busyNs(w)).isZero();
        assertThat(timeline.irqNs(w)).isZero();
        assertThat(timeline.totalStolenNs()).isZero();
    }

    @Test
    void shouldTellTheMostThatCanHaveBeenStolenSinceATime() {
        VcpuTimeline timeline = new VcpuTimeline();
        long secondNs = 1_000_000_000;
        timeline.add(0, 0, 0, 0);
        timeline.add(secondNs, 10, 90, 100);
        timeline.add(2 * secondNs, 25, 175, 200);
        timeline.add(3 * secondNs, 5, 275, 300); // backwards: anything may have been stolen

        assertThat(timeline.mostStolenSinceNs(secondNs + 1)).isEqualTo(secondNs + 16 * VcpuTimeline.TICK_NS);
        assertThat(timeline.mostStolenSinceNs(2 * secondNs + 1)).isEqualTo(secondNs + VcpuTimeline.TICK_NS);
    }

    @Test
    void shouldTellWhetherTheCounterMovedSinceATime() {
        VcpuTimeline timeline = new VcpuTimeline();
        long secondNs = 1_000_000_000;
        timeline.add(0, 7, 0, 0);
        assertThat(timeline.noneStolenSince(0)).isTrue();
        timeline.add(secondNs, 8, 90, 100);
        timeline.add(2 * secondNs, 8, 190, 200);

        assertThat(timeline.noneStolenSince(secondNs - 1)).isFalse();
        assertThat(timeline.noneStolenSince(secondNs)).isTrue();
        timeline.add(3 * secondNs, 5, 275, 300); // backwards: anything may have been stolen
        assertThat(timeline.noneStolenSince(secondNs)).isFalse();
    }
}
