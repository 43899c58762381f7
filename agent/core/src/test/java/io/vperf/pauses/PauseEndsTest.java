package io.vperf.pauses;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PauseEndsTest {

    private final PauseEnds ends = new PauseEnds();

    @Test
    void shouldTakeTheLinesTimeForTheFirst() {
        assertThat(ends.endNs(1000, 77, 10)).isEqualTo(1000);
    }

    @Test
    void shouldGoByTheOneBeforeWhereTheLineIsLate() {
        ends.endNs(1000, 77, 10);

        assertThat(ends.endNs(1900, 500, 100)).isEqualTo(1600);
    }

    @Test
    void shouldGoByTheLineWhereTheOneBeforeWasLate() {
        ends.endNs(1000, 77, 10);

        assertThat(ends.endNs(1500, 500, 100)).isEqualTo(1500);
        assertThat(ends.endNs(2500, 500, 100)).isEqualTo(2100);
    }

    @Test
    void shouldBeginAnewWhereLinesWereLost() {
        ends.endNs(1000, 77, 10);

        assertThat(ends.endNs(50_000_000, 500, 100)).isEqualTo(50_000_000);
    }

    /** Lines that are late by less than what makes it begin anew. */
    @Property
    void shouldNeverBeTooEarlyNorLaterThanTheLeastLateLine(
            @ForAll @Size(min = 1, max = 30) int[] seeds, @ForAll @IntRange(max = 1_000) int leastLateNs) {
        PauseEnds fresh = new PauseEnds();
        long endNs = 0;
        long leastNs = Long.MAX_VALUE;
        for (int seed : seeds) {
            long sinceNs = Math.floorMod(seed, 10_000_000);
            long totalNs = Math.floorMod(seed, 999_983);
            long lateNs = (long) leastLateNs + Math.floorMod(seed, 399_989);
            endNs += sinceNs + totalNs;
            leastNs = Math.min(leastNs, lateNs);

            assertThat(fresh.endNs(endNs + lateNs, sinceNs, totalNs) - endNs).isEqualTo(leastNs);
        }
    }
}
