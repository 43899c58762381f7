package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassedTest {

    @Test
    void shouldGiveTheShareOfTheTimeInWhichAnybodyWantedToRun() {
        assertThat(new Passed(100, 20, 40).shareNs(30)).isEqualTo(10);
    }

    @Test
    void shouldGiveAllToOneWhoRanAllTheTimeWhateverTheTicksSay() {
        assertThat(new Passed(100, 50, 60).shareNs(100)).isEqualTo(50);
        assertThat(new Passed(100, 50, 40).shareNs(100)).isEqualTo(50);
    }

    @Test
    void shouldGiveNothingWhereNothingHappened() {
        assertThat(new Passed(100, 0, 0).shareNs(100)).isZero();
    }
}
