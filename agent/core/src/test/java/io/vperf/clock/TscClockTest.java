package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TscClockTest {

    private static final double MS = 1e6;
    private static final double SECOND = 1e9;
    private static final double HOUR = 3_600 * SECOND;

    private final TestHealth health = new TestHealth();
    private final SimulatedCounter time = new SimulatedCounter(2_596, 1L << 60);

    private TscClock clock(SimulatedCounter time) {
        TickPair start = time.pair();
        time.pass(5 * MS);
        return new TscClock(time.counter, time.monotonic, start, time.pair(), health.health(), health.log());
    }

    private static long errorNs(TscClock clock, SimulatedCounter time) {
        return clock.nowNs() - time.clockNs();
    }

    @ParameterizedTest
    @ValueSource(doubles = {19.2, 24, 100, 1_000, 2_596, 6_000})
    void shouldShowTheKernelsTimeAtEveryRate(double mhz) {
        SimulatedCounter counter = new SimulatedCounter(mhz, Long.MAX_VALUE - 1_000_000); // and across the sign
        TscClock clock = clock(counter);
        for (int i = 0; i < 100; i++) {
            counter.pass(100 * MS);
            clock.discipline();
            assertThat(errorNs(clock, counter)).isBetween(-2_000L, 2_000L);
        }
        assertThat(clock.isGivenUp()).isFalse();
    }

    @Test
    void shouldNotOverflowWhileTheSamplerStalls() {
        TscClock clock = clock(time);
        time.pass(SECOND);
        clock.discipline();
        time.pass(24 * HOUR);

        assertThat(errorNs(clock, time)).isBetween(-10_000_000L, 10_000_000L); // 50 ns in 1 s are 4 ms in a day

        clock.discipline();
        time.pass(24 * HOUR);
        clock.discipline();
        assertThat(clock.isGivenUp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {100 * MS, SECOND, 10 * SECOND})
    void shouldFollowNtp(double periodNs) {
        TscClock clock = clock(time);
        for (double ppm : new double[] {500, -500, 0, -500, 500}) {
            time.slewPpm(ppm);
            for (int i = 0; i < 20; i++) {
                time.pass(periodNs);
                clock.discipline();
            }
            assertThat(errorNs(clock, time)).isBetween(-10_000L, 10_000L);
        }
        assertThat(clock.isGivenUp()).isFalse();
    }

    @Test
    void shouldNotGoOnCorrectingWhileTheSamplerIsLate() {
        TscClock clock = clock(time);
        for (int i = 0; i < 3; i++) {
            time.pass(100 * MS);
            clock.discipline();
        }
        time.slewPpm(500);
        time.pass(100 * MS);
        clock.discipline(); // 50 us behind, to be caught up in the next 100 ms
        time.pass(200 * MS);
        long caughtUp = errorNs(clock, time);
        time.pass(10 * SECOND);

        assertThat(errorNs(clock, time) - caughtUp).isBetween(-20_000L, 20_000L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {SECOND, -SECOND, 200_000, -200_000})
    void shouldGiveUpACounterThatJumped(double jumpNs) {
        TscClock clock = clock(time);
        time.pass(100 * MS);
        clock.discipline();
        time.jumpNs(jumpNs);
        time.pass(100 * MS);
        long before = clock.nowNs();
        clock.discipline();

        assertThat(clock.isGivenUp()).isTrue();
        assertThat(clock.nowNs()).as("no step back at the change").isGreaterThanOrEqualTo(before);
        assertThat(health.total(Trouble.CLOCK_DEMOTED)).isOne();
        assertThat(health.said())
                .contains("given up for this run: after 0.100 s it was")
                .contains("us off");
    }

    @Test
    void shouldNotTakeItBack() {
        TscClock clock = clock(time);
        time.pass(100 * MS);
        time.jumpNs(MS);
        clock.discipline();
        long ahead = errorNs(clock, time);
        time.jumpNs(-MS);
        for (int i = 0; i < 100; i++) {
            time.pass(100 * MS);
            clock.discipline();
            assertThat(errorNs(clock, time)).as("the kernel's pace").isEqualTo(ahead);
        }
        assertThat(health.total(Trouble.CLOCK_DEMOTED)).isOne();
    }

    @Test
    void shouldGiveUpACounterWhoseRateCreepsAway() {
        TscClock clock = clock(time);
        for (int i = 0; i < 40 && !clock.isGivenUp(); i++) {
            time.runAt(1 + i * 100e-6);
            time.pass(SECOND);
            clock.discipline();
        }
        assertThat(clock.isGivenUp()).isTrue();
        assertThat(health.said()).containsPattern("its rate has changed by 1[2-5]\\d\\d ppm since the start");
    }

    @Test
    void shouldGiveUpACounterThatStandsStill() {
        TscClock clock = clock(time);
        time.runAt(0);
        time.pass(100 * MS);
        clock.discipline();

        assertThat(clock.isGivenUp()).isTrue();
    }

    @Test
    void shouldNotJudgeByAPairThatAPreemptionSpoilt() {
        TickPair start = time.pair();
        time.pass(5 * MS);
        boolean[] preempted = {false};
        TscClock clock = new TscClock(
                () -> {
                    long ticks = time.counter.getAsLong();
                    time.pass(preempted[0] ? 20 * MS : 0);
                    return ticks;
                },
                time.monotonic,
                start,
                time.pair(),
                health.health(),
                health.log());
        time.pass(100 * MS);
        preempted[0] = true;
        clock.discipline();
        preempted[0] = false;
        time.pass(100 * MS);
        clock.discipline();

        assertThat(clock.isGivenUp()).isFalse();
        assertThat(errorNs(clock, time)).isBetween(-2_000L, 2_000L);
    }
}
