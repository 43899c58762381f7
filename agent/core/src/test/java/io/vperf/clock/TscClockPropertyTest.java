package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class TscClockPropertyTest {

    /** Steady counter, a clock slewed at random, a sampler that comes when it likes, and readings at every moment. */
    @Property(tries = 200)
    void shouldStayWithinTheBoundAndNeverGoBack(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 19, max = 5_000) double mhz,
            @ForAll @DoubleRange(min = 20e6, max = 10e9) double periodNs) {
        Random random = new Random(seed);
        SimulatedCounter time = new SimulatedCounter(mhz, random.nextLong());
        TestHealth health = new TestHealth();
        TscClock clock = clock(time, health);
        double longestNs = 0;
        long lastNs = clock.nowNs();
        for (int i = 0; i < 60; i++) {
            if (random.nextInt(3) == 0) {
                time.slewPpm(random.nextDouble() * 1_000 - 500);
            }
            double pauseNs = periodNs * (0.5 + random.nextDouble()) * (random.nextInt(20) == 0 ? 10 : 1);
            longestNs = Math.max(longestNs, pauseNs);
            double boundNs = 10_000 + longestNs * 4_000e-6;
            for (int j = 0; j < 20; j++) {
                time.pass(pauseNs / 20);
                long nowNs = clock.nowNs();
                assertThat(nowNs).isGreaterThanOrEqualTo(lastNs);
                assertThat((double) (nowNs - time.clockNs())).isBetween(-boundNs, boundNs);
                lastNs = nowNs;
            }
            clock.discipline();
        }
        assertThat(health.said()).isEmpty();
    }

    /** A reader that loaded its segment long ago answers as everybody else does for the same tick, or asks again. */
    @Property(tries = 200)
    void shouldHaveOneOpinionOfEveryTick(@ForAll long seed, @ForAll @DoubleRange(min = 19, max = 5_000) double mhz) {
        Random random = new Random(seed);
        SimulatedCounter time = new SimulatedCounter(mhz, random.nextLong());
        Segment segment = Segment.first(time.pair(), 1e3 / mhz, 1 + random.nextInt(1_000_000));
        long lastNs = segment.ns(segment.startTicks);
        for (int i = 0; i < 100; i++) {
            long end = segment.endTicks() + 1 + random.nextInt(1_000_000);
            Segment next = random.nextBoolean()
                    ? segment.prolonged(end)
                    : segment.then(1e3 / mhz * (0.998 + random.nextDouble() * 0.004), 1e3 / mhz, end);
            for (int j = 0; j < 10; j++) {
                long ticks = segment.startTicks + (long) (random.nextDouble() * segment.lengthTicks);
                assertThat(next.ns(ticks)).isEqualTo(segment.ns(ticks));
            }
            long lastOfOldNs = segment.ns(segment.endTicks() - 1);
            assertThat(lastOfOldNs).isBetween(lastNs, next.ns(next.startTicks));
            lastNs = next.ns(next.startTicks);
            segment = next;
        }
    }

    /** Whatever the size and moment of a jump beyond the bound, it is found at the next discipline, and for good. */
    @Property(tries = 200)
    void shouldFindEveryJumpBeyondTheBound(
            @ForAll long seed, @ForAll @DoubleRange(min = 100e6, max = 10e9) double periodNs) {
        Random random = new Random(seed);
        SimulatedCounter time = new SimulatedCounter(2_596, random.nextLong());
        TestHealth health = new TestHealth();
        TscClock clock = clock(time, health);
        for (int i = random.nextInt(5); i >= 0; i--) {
            time.pass(periodNs);
            clock.discipline();
        }
        double part = random.nextDouble();
        time.pass(periodNs * part);
        double jumpNs = (20_000 + periodNs * 1_000e-6) * (1 + random.nextDouble() * 1e6);
        time.jumpNs(random.nextBoolean() ? jumpNs : -jumpNs);
        long atJumpNs = clock.nowNs();
        time.pass(periodNs * (1 - part));
        long beforeNs = clock.nowNs();
        clock.discipline();

        assertThat(clock.isGivenUp()).isTrue();
        assertThat(clock.nowNs()).isGreaterThanOrEqualTo(Math.max(beforeNs, atJumpNs));
        assertThat(health.total(Trouble.CLOCK_DEMOTED)).isOne();
    }

    private static TscClock clock(SimulatedCounter time, TestHealth health) {
        TickPair start = time.pair();
        time.pass(5e6);
        return new TscClock(time.counter, time.monotonic, start, time.pair(), health.health(), health.log());
    }
}
