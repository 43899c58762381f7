package io.vperf.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ThrottleTimelineTest {

    private static final long MS = 1_000_000;

    private final ThrottleTimeline timeline = new ThrottleTimeline();

    @Test
    void shouldGiveWhatWasCountedWhileACallLasted() {
        timeline.add(0, 10, 4);
        timeline.add(20, 30, 5);
        timeline.add(30, 40, 6);

        assertThat(timeline.give(10, 20, 100)).as("between two windows").isZero();
        assertThat(timeline.give(9, 21, 100)).isEqualTo(9);
        assertThat(timeline.give(9, 31, 100)).as("what is left").isEqualTo(6);
        assertThat(timeline.countedNs()).isEqualTo(15);
        assertThat(timeline.givenNs()).isEqualTo(15);
    }

    @Test
    void shouldGiveNoMoreThanIsWanted() {
        timeline.add(0, 10, 4);
        timeline.add(10, 20, 4);

        assertThat(timeline.give(0, 20, 5)).isEqualTo(5);
        assertThat(timeline.give(0, 10, 9)).as("the oldest was given first").isZero();
        assertThat(timeline.give(0, 20, 0)).isZero();
        assertThat(timeline.give(0, 20, -3)).isZero();
        assertThat(timeline.give(0, 20, 9)).isEqualTo(3);
    }

    @Test
    void shouldKeepNoWindowInWhichNothingWasCounted() {
        timeline.add(0, 10, 0);
        timeline.add(10, 20, -7);
        assertThat(timeline.isFree(0, 100)).isTrue();
        assertThat(timeline.countedNs()).isZero();

        timeline.add(20, 30, 1);
        assertThat(timeline.isFree(0, 20)).isTrue();
        assertThat(timeline.isFree(0, 21)).isFalse();
        assertThat(timeline.isFree(29, 100)).isFalse();
        assertThat(timeline.isFree(30, 100)).isTrue();
    }

    @Test
    void shouldForgetNothingOfOldWindows() {
        for (int i = 0; i < 100_000; i++) {
            timeline.add(i * 20L * MS, i * 20L * MS + 10 * MS, i % 5 + 1);
        }
        assertThat(timeline.countedNs()).isEqualTo(300_000);
        assertThat(timeline.give(0, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(300_000);
    }

    /** Of the newest two are in one at most, whatever became of the older ones. */
    @Test
    void shouldMergeOldWindowsMore() {
        for (int i = 0; i < 10_000; i++) {
            timeline.add(i * 10L, i * 10L + 10, 1);
        }
        for (int i = 9_999; i >= 9_500; i--) {
            assertThat(timeline.give(i * 10L, i * 10L + 10, 5))
                    .as("window %d", i)
                    .isBetween(0L, 2L);
        }
        assertThat(timeline.givenNs()).isBetween(500L, 501L);
    }

    @Test
    void shouldShareWhatSeveralCallsClaim() {
        timeline.add(0, 10, 12);
        timeline.claim(0, 10, 30);
        timeline.claim(2, 8, 10);
        timeline.claim(5, 20, 20);

        assertThat(timeline.give(0, 10, 30)).isEqualTo(6);
        assertThat(timeline.give(2, 8, 10)).isEqualTo(2);
        assertThat(timeline.give(5, 20, 20)).isEqualTo(4);
        timeline.forgetClaims();
        timeline.add(10, 20, 9);
        assertThat(timeline.give(10, 20, 9)).as("nobody claims any of it").isEqualTo(9);
    }

    /** A call that has got all it wants leaves the rest to others. */
    @Test
    void shouldNotKeepForACallWhatItNeedsNoMore() {
        timeline.add(0, 10, 10);
        timeline.add(10, 20, 10);
        timeline.claim(0, 20, 10);
        timeline.claim(10, 20, 10);

        assertThat(timeline.give(0, 20, 10)).isEqualTo(10);
        assertThat(timeline.give(10, 20, 10)).isEqualTo(10);
    }

    /** As of a counter that could not be read for a while. */
    @Test
    void shouldTakeInWindowsThatBeganLater() {
        timeline.add(0, 10, 1);
        timeline.add(10, 20, 2);
        timeline.add(20, 30, 4);
        timeline.add(10, 40, 8);

        assertThat(timeline.give(0, 10, 100)).isEqualTo(1);
        assertThat(timeline.give(18, 19, 7)).as("of the counter's 14").isEqualTo(7);
        assertThat(timeline.give(35, 36, 100)).isEqualTo(7);
        assertThat(timeline.countedNs()).isEqualTo(15);
    }

    /** However calls come: what is given was counted, within the call's windows, and once. */
    @Property(tries = 40)
    void shouldNeverGiveMoreThanWasCounted(@ForAll Random random) {
        ThrottleTimeline any = new ThrottleTimeline();
        long nowNs = 0;
        long countedNs = 0;
        long givenNs = 0;
        for (int step = 0; step < 3_000; step++) {
            if (random.nextInt(3) > 0) {
                long fromNs = nowNs;
                nowNs += 1 + random.nextInt(20);
                long grownNs = random.nextInt(3) == 0 ? 0 : random.nextInt(50) - 5;
                any.add(fromNs, nowNs, grownNs);
                countedNs += Math.max(0, grownNs);
            } else {
                long entryNs = nowNs - random.nextInt(1_000);
                long wantedNs = random.nextInt(200) - 10L;
                long takenNs = any.give(entryNs, entryNs + random.nextInt(1_000), wantedNs);
                assertThat(takenNs).isBetween(0L, Math.max(0, wantedNs));
                givenNs += takenNs;
            }
        }
        assertThat(any.countedNs()).isEqualTo(countedNs);
        assertThat(any.givenNs()).isEqualTo(givenNs).isLessThanOrEqualTo(countedNs);
        assertThat(any.give(Long.MIN_VALUE / 2, Long.MAX_VALUE, Long.MAX_VALUE))
                .as("all the rest is still there")
                .isEqualTo(countedNs - givenNs);
    }
}
