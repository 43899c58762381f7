package io.vperf.pauses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PauseTimelineTest {

    private static final int CAPACITY = 4;

    private final PauseTimeline timeline = new PauseTimeline(CAPACITY, 0);

    private static Pause pause(long beginNs, long stoppedNs, long letGoNs, long endNs) {
        return new Pause(beginNs, stoppedNs, letGoNs, endNs, PauseKind.GC, "G1CollectForAllocation");
    }

    @Test
    void shouldKnowThatThereWasNone() {
        assertThat(timeline.overlap(0, 100)).isEqualTo(new Overlap(0, 0));
        assertThat(timeline.overlap(0, 100).isKnown()).isTrue();
    }

    @Test
    void shouldTellWhatIsInside() {
        timeline.add(pause(100, 110, 190, 200));

        assertThat(timeline.overlap(0, 300)).isEqualTo(new Overlap(80, 100));
        assertThat(timeline.overlap(150, 300)).isEqualTo(new Overlap(40, 50));
        assertThat(timeline.overlap(0, 105)).isEqualTo(new Overlap(0, 5));
        assertThat(timeline.overlap(120, 130)).isEqualTo(new Overlap(10, 10));
        assertThat(timeline.overlap(195, 300)).isEqualTo(new Overlap(0, 5));
        assertThat(timeline.overlap(0, 100)).isEqualTo(Overlap.NONE);
        assertThat(timeline.overlap(200, 300)).isEqualTo(Overlap.NONE);
    }

    @Test
    void shouldBoundWhatHasNoPlace() {
        timeline.addUnplaced(100, 200, 30);

        assertThat(timeline.overlap(0, 300)).isEqualTo(new Overlap(30, 30));
        assertThat(timeline.overlap(100, 200)).isEqualTo(new Overlap(30, 30));
        assertThat(timeline.overlap(150, 300)).isEqualTo(new Overlap(0, 30));
        assertThat(timeline.overlap(190, 300)).isEqualTo(new Overlap(0, 10));
        assertThat(timeline.overlap(110, 200)).isEqualTo(new Overlap(20, 30));
        assertThat(timeline.overlap(200, 300)).isEqualTo(Overlap.NONE);
    }

    @Test
    void shouldFindAPauseThatBecameKnownLate() {
        timeline.add(pause(100, 100, 200, 200));
        timeline.add(pause(20, 20, 30, 30));

        assertThat(timeline.overlap(50, 300)).isEqualTo(new Overlap(100, 100));
        assertThat(timeline.overlap(0, 40)).isEqualTo(new Overlap(10, 10));
    }

    @Test
    void shouldNotKnowWhatWasBeforeItBegan() {
        PauseTimeline later = new PauseTimeline(CAPACITY, 50);

        assertThat(later.overlap(49, 100).isKnown()).isFalse();
        assertThat(later.overlap(50, 100).isKnown()).isTrue();
    }

    @Test
    void shouldNotKnowWhatWasOverwritten() {
        for (long beginNs = 100; beginNs <= 100 * (CAPACITY + 1); beginNs += 100) {
            timeline.add(pause(beginNs, beginNs, beginNs + 10, beginNs + 10));
        }

        assertThat(timeline.overwritten()).isEqualTo(1);
        assertThat(timeline.overlap(109, 1000)).isEqualTo(Overlap.UNKNOWN);
        assertThat(timeline.overlap(110, 1000)).isEqualTo(new Overlap(40, 40));
    }

    @Property
    void shouldAgreeWithCountingEachNanosecond(
            @ForAll @Size(max = 12) List<@IntRange(max = 40) Integer> lengths,
            @ForAll @IntRange(max = 300) int fromNs,
            @ForAll @IntRange(max = 300) int lengthNs) {
        PauseTimeline all = new PauseTimeline(12, 0);
        boolean[] stopped = new boolean[1000];
        boolean[] paused = new boolean[1000];
        int atNs = 0;
        for (int length : lengths) {
            int beginNs = atNs + length % 7;
            int endNs = beginNs + length;
            int stoppedNs = beginNs + length / 4;
            int letGoNs = endNs - length / 8;
            all.add(pause(beginNs, stoppedNs, letGoNs, endNs));
            for (int ns = beginNs; ns < endNs; ns++) {
                paused[ns] = true;
                stopped[ns] = ns >= stoppedNs && ns < letGoNs;
            }
            atNs = endNs;
        }
        int least = 0;
        int most = 0;
        for (int ns = fromNs; ns < fromNs + lengthNs; ns++) {
            least += stopped[ns] ? 1 : 0;
            most += paused[ns] ? 1 : 0;
        }

        assertThat(all.overlap(fromNs, fromNs + lengthNs)).isEqualTo(new Overlap(least, most));
    }

    /** Wherever in its stretch the time really was. */
    @Property
    void shouldHoldTheTruthWhereverItWas(
            @ForAll @IntRange(min = 1, max = 100) int stretchNs,
            @ForAll @IntRange(max = 100) int offsetNs,
            @ForAll @IntRange(max = 100) int lengthNs,
            @ForAll @IntRange(max = 150) int fromNs,
            @ForAll @IntRange(max = 150) int callNs) {
        int length = Math.min(lengthNs, stretchNs);
        int beginNs = 20 + Math.min(offsetNs, stretchNs - length);
        PauseTimeline counted = new PauseTimeline(1, 0);
        counted.addUnplaced(20, 20 + stretchNs, length);
        PauseTimeline truth = new PauseTimeline(1, 0);
        truth.add(pause(beginNs, beginNs, beginNs + length, beginNs + length));

        Overlap told = counted.overlap(fromNs, fromNs + callNs);
        Overlap real = truth.overlap(fromNs, fromNs + callNs);
        assertThat(real.atMostNs()).isBetween(told.atLeastNs(), told.atMostNs());
    }
}
