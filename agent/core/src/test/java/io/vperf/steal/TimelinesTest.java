package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelinesTest {

    private static final long TICK = VcpuTimeline.TICK_NS;

    private final TestHealth health = new TestHealth();
    private final Timelines timelines = new Timelines(health.health());

    @Test
    void shouldKnowOnlyVcpusThatWereSeen() {
        timelines.present(3, 0, 0, 0, 0);

        assertThat(timelines.of(3)).isNotNull();
        assertThat(timelines.of(2)).isNull();
        assertThat(timelines.of(4)).isNull();
        assertThat(timelines.of(-1)).isNull();
    }

    @Test
    void shouldVisitVcpusInTheOrderOfTheirNumbers() {
        timelines.present(3, 0, 0, 0, 0);
        timelines.present(1, 0, 0, 0, 0);
        List<Integer> seen = new ArrayList<>();
        Seen.forEach(timelines, (timeline, vcpu) -> seen.add(vcpu));
        assertThat(seen).containsExactly(1, 3);
    }

    @Test
    void shouldSayTheMostThatWasStolenBetween() {
        timelines.present(0, 0, 0, 0, 0);
        timelines.present(0, 10 * TICK, 3, 1, 10);
        timelines.present(0, 20 * TICK, 3, 2, 20);
        timelines.present(0, 30 * TICK, 8, 3, 30);
        timelines.present(1, 0, 0, 0, 0);
        timelines.present(1, 30 * TICK, 20, 1, 30);

        assertThat(timelines.stolenBetweenNs(0, 30 * TICK)).isEqualTo(28 * TICK);
        assertThat(timelines.stolenBetweenNs(9 * TICK, 10 * TICK)).isEqualTo(2 * TICK);
        assertThat(timelines.stolenBetweenNs(40 * TICK, 50 * TICK)).isZero();
    }

    /** A vCPU that was taken before anything could be counted shows it later. */
    @Test
    void shouldNotMissWhatWasBookedInALaterWindow() {
        timelines.present(0, 0, 0, 0, 0);
        timelines.present(0, 10 * TICK, 0, 0, 1);
        timelines.present(0, 20 * TICK, 18, 1, 20);

        assertThat(timelines.stolenBetweenNs(2 * TICK, 9 * TICK)).isEqualTo(7 * TICK);
    }

    @Test
    void shouldCountEachTaintedWindowOnce() {
        timelines.present(0, 0, 100, 0, 100);
        timelines.absent(0);
        timelines.absent(0);
        timelines.present(0, 30 * TICK, 101, 0, 101);
        timelines.present(0, 40 * TICK, 102, 5, 111);
        timelines.present(0, 50 * TICK, 90, 5, 112);

        assertThat(health.total(Trouble.TAINTED_WINDOWS)).isEqualTo(2);
    }

    @Test
    void shouldNotTaintAVcpuThatWasNeverThereBefore() {
        timelines.absent(5);
        timelines.present(5, 0, 7000, 0, 7000);
        assertThat(health.health().totals()).isEmpty();
    }
}
