package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** Calls of 5 ms, in windows of 20 ms; so long was the vCPU free, and then so long stolen, in turns. */
class MethodTimesTest {

    private static final long MS = 1_000_000;

    /**
     * Calls in a row as the Xen lab's guest made them, milliseconds: of 5.1 ms without steal, two in 40 of 52 ms. Half of their time was
     * stolen, in slices that the guest's second vCPU made uneven.
     */
    private static final double[] REAL = {
        5.1, 14.5, 97.6, 14.4, 5.1, 16.1, 11.4, 10.7, 5.1, 13.2, 5.1, 15.8, 14.2, 17.1, 5.1, 15.3, 5.3, 15.2, 6.8, 5.1,
        14.2, 11.7, 8.9, 13.7, 17.5, 5.3, 10.9, 10.3, 15.2, 5.4, 10.5, 6.2, 10.0, 5.1, 119.7, 5.1, 9.4, 5.1, 14.8, 5.1
    };

    private final MethodTimes times = new MethodTimes();
    private double busyPart = 1;
    private long windowNs = 20 * MS;
    private long nowNs;

    /** Half of its time was stolen, by the counters; it was given nothing. */
    private void add(long wallNs, long possibleNs) {
        add(wallNs, 0, possibleNs);
    }

    private void add(long wallNs, long stolenNs, long possibleNs) {
        nowNs += wallNs;
        Passed passed = new Passed(wallNs, 0.5 * wallNs * busyPart, 0.5 * wallNs * busyPart);
        times.add(new MethodTimes.Call(nowNs, wallNs, stolenNs, possibleNs, passed, windowNs));
    }

    /** Two of three are hit by 10 ms in slices of 10 ms: 20 ms stolen of 40, in the end. */
    private void addMostlyHit(int rounds) {
        for (int i = 0; i < rounds; i++) {
            add(5 * MS, 5 * MS);
            add(15 * MS, 15 * MS);
            add(15 * MS, 15 * MS);
        }
    }

    @Test
    void shouldFindTheUsualTimeBelowThatOfMostCallsIfMostAreHit() {
        addMostlyHit(80);
        // 17.5 ms a round were counted: 2 * (15 ms - usual).
        assertThat(times.excessNs(15 * MS)).isCloseTo(8_750_000, offset(200_000L));
    }

    @Test
    void shouldFindTheUsualTimeIfEachCallIsHit() {
        for (int i = 0; i < 200; i++) {
            add(10 * MS, 10 * MS);
        }
        assertThat(times.excessNs(10 * MS)).isCloseTo(5 * MS, offset(100_000L));
    }

    @Test
    void shouldNotBeMisledByCallsThatTookLongerThanAllStealCouldExplain() {
        for (int i = 0; i < 10; i++) {
            for (int k = 0; k < 19; k++) {
                add(10 * MS, 10 * MS);
            }
            add(100 * MS, 70 * MS);
        }
        assertThat(times.excessNs(10 * MS)).isCloseTo(5 * MS, offset(100_000L));
    }

    /** Above their median only half of what was stolen shows, if those with ten times the work are taken for calls hit longer. */
    @Test
    void shouldFindTheUsualTimeOfRealCallsThatWereHitUnevenly() {
        windowNs = 48 * MS;
        for (int i = 0; i < 6; i++) {
            for (double ms : REAL) {
                add((long) (ms * MS), (long) (ms * MS));
            }
        }
        assertThat(10 * MS - times.excessNs(10 * MS)).isCloseTo(5_150_000, offset(150_000L));
    }

    /** Else most corrected times are that, and so is their median. */
    @Test
    void shouldNotHoldToAUsualTimeThatWasTooLong() {
        for (int i = 0; i < 80; i++) {
            add(5 * MS, 0, 5 * MS);
            add(15 * MS, 8 * MS, 15 * MS);
            add(15 * MS, 8 * MS, 15 * MS);
        }
        assertThat(times.excessNs(15 * MS)).isCloseTo(8_750_000, offset(200_000L));
    }

    /** One in ten was hit, by three quarters of what the counters say was these calls'. */
    private void addAQuarterMissing(double inAllPart) {
        for (int i = 0; i < 250; i++) {
            long ns = (i % 10 == 0 ? 10 : 4) * MS;
            nowNs += 14 * MS;
            long inAllNs = (long) (ns * inAllPart);
            Passed passed = new Passed(inAllNs, 0.8 * MS * inAllNs / ns, inAllNs - 0.8 * MS * inAllNs / ns);
            times.add(new MethodTimes.Call(nowNs, ns, i % 10 == 0 ? 6 * MS : 0, 10 * MS, passed, windowNs));
        }
    }

    @Test
    void shouldLookForWhatIsMissingWhereNothingElseRan() {
        addAQuarterMissing(1);
        assertThat(times.excessNs(4 * MS)).isBetween(100_000L, 300_000L);
    }

    /** By chance more of it may have hit the others. */
    @Test
    void shouldLetTheMedianStandWhereOthersMayHaveBeenHitInstead() {
        addAQuarterMissing(3);
        assertThat(times.excessNs(4 * MS)).isZero();
        assertThat(times.excessNs(10 * MS)).isEqualTo(6 * MS);
    }

    /** What was stolen may have kept it from waking up. */
    @Test
    void shouldLetTheMedianStandWhereTheVcpuWasIdle() {
        busyPart = 0.7;
        addMostlyHit(80);
        assertThat(times.excessNs(15 * MS)).isZero();
    }

    /** What is counted may have hit those before. */
    @Test
    void shouldLetTheMedianStandWhereCallsSpanFewWindows() {
        windowNs = 200 * MS;
        addMostlyHit(80);
        assertThat(times.excessNs(15 * MS)).isZero();
    }

    /** What was stolen meanwhile is theirs all the same: no other calls were there. */
    @Test
    void shouldNotMindAStretchedWindowInTheMidst() {
        addMostlyHit(40);
        windowNs = 300 * MS;
        addMostlyHit(1);
        windowNs = 20 * MS;
        addMostlyHit(39);
        assertThat(times.excessNs(15 * MS)).isCloseTo(8_750_000, offset(200_000L));
    }

    /** Two of a hundred were, and these show. */
    @Test
    void shouldLetTheMedianStandWhereItExplainsTheSteal() {
        for (int i = 0; i < 200; i++) {
            boolean hit = i % 50 == 0;
            nowNs += (hit ? 15 : 5) * MS;
            double stolenNs = 0.2 * MS;
            times.add(new MethodTimes.Call(
                    nowNs,
                    (hit ? 15 : 5) * MS,
                    hit ? 10 * MS : 0,
                    10 * MS,
                    new Passed(5 * MS, stolenNs, 5 * MS - stolenNs),
                    windowNs));
        }
        assertThat(times.excessNs(15 * MS)).isEqualTo(10 * MS);
        assertThat(times.excessNs(5 * MS)).isZero();
    }
}
