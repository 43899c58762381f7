package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsualTimesTest {

    private final UsualTimes times = new UsualTimes();

    private void add(int calls, long ns) {
        for (int i = 0; i < calls; i++) {
            add(ns);
        }
    }

    /** Nothing was stolen meanwhile. */
    private void add(long ns) {
        times.add(1, new MethodTimes.Call(0, ns, 0, 0, new Passed(ns, 0, (double) ns), 100));
    }

    @Test
    void shouldTellByHowMuchACallTookLongerThanUsual() {
        add(40, 100);
        assertThat(times.excessNs(1, false, 130)).isEqualTo(30);
        assertThat(times.excessNs(1, false, 70)).isZero();
    }

    @Test
    void shouldTakeNothingForUsualAfterFewCalls() {
        add(15, 100);
        assertThat(times.excessNs(1, false, 1_000)).isZero();
        add(1, 100);
        assertThat(times.excessNs(1, false, 1_000)).isEqualTo(900);
        assertThat(times.excessNs(2, false, 1_000)).as("of another method").isZero();
    }

    /** The median deviation of these is 10. */
    @Test
    void shouldLetNothingStandOutThatOftenHappens() {
        for (int i = 0; i < 100; i++) {
            add(100 + i % 5 * 10 - 20);
        }
        assertThat(times.excessNs(1, false, 140)).isZero();
        assertThat(times.excessNs(1, false, 141)).isEqualTo(41);
    }

    @Test
    void shouldForgetWhatWasUsualLongAgo() {
        add(300, 100);
        add(300, 200);
        assertThat(times.excessNs(1, false, 250)).isEqualTo(50);
    }

    @Test
    void shouldLetAllOfACallStandOutWhoseMethodIsUsuallyTooShortToBeSeen() {
        add(40, 1_000);
        assertThat(times.excessNs(1, true, 1_000)).isEqualTo(1_000);
    }
}
