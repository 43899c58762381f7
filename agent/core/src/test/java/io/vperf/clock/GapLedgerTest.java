package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Times of the kernel's counters are multiples of a tick. */
class GapLedgerTest {

    private static final long TICK_NS = 10_000_000;
    private static final long SECOND_NS = 1_000_000_000;

    private final GapLedger ledger = new GapLedger();

    /** What a sound clock sees is what the kernel counts, a review later at most and cut to ticks. */
    @Property
    void shouldNeverRefuteGapsThatTheKernelCounts(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 900) Integer> gapsMs,
            @ForAll @IntRange(max = 9_999) int since) {
        GapLedger fresh = new GapLedger(); // jqwik keeps the instance for all tries
        long stolenNs = since * 1_000L;
        long lateNs = stolenNs;
        for (int gapMs : gapsMs) {
            fresh.add(0, gapMs * 1_000_000L);
            assertThat(fresh.review(0, lateNs / TICK_NS * TICK_NS)).isTrue();
            stolenNs += gapMs * 1_000_000L;
            lateNs = stolenNs;
        }
        assertThat(fresh.isRefuted()).isFalse();
    }

    @Test
    void shouldRefuteOnceWhatNobodyCounts() {
        assertThat(ledger.review(1, 7 * SECOND_NS)).isTrue();
        ledger.add(1, SECOND_NS);
        assertThat(ledger.review(1, 7 * SECOND_NS)).as("may yet be counted").isTrue();
        assertThat(ledger.isRefuted()).isFalse();

        assertThat(ledger.review(1, 7 * SECOND_NS)).isFalse();
        assertThat(ledger.isRefuted()).isTrue();
        assertThat(ledger.review(1, 7 * SECOND_NS)).as("told once").isTrue();
        assertThat(ledger.isRefuted()).as("for good").isTrue();
    }

    @Test
    void shouldHoldEachVcpuAgainstItsOwnCounter() {
        ledger.review(0, 0);
        ledger.review(1, 0);
        ledger.add(0, SECOND_NS);
        ledger.review(0, 0);
        ledger.review(1, SECOND_NS);

        assertThat(ledger.review(1, SECOND_NS)).isTrue();
        assertThat(ledger.review(0, 0)).isFalse();
    }

    @Test
    void shouldBeginAnewWithACounterThatRanBackwards() {
        ledger.review(0, 5 * SECOND_NS);
        ledger.add(0, SECOND_NS);
        ledger.review(0, 6 * SECOND_NS);
        assertThat(ledger.review(0, 2 * SECOND_NS)).isTrue();
        ledger.add(0, SECOND_NS);
        assertThat(ledger.review(0, 3 * SECOND_NS)).isTrue();
        assertThat(ledger.review(0, 3 * SECOND_NS)).isTrue();

        ledger.add(0, SECOND_NS);
        ledger.review(0, 3 * SECOND_NS);
        assertThat(ledger.review(0, 3 * SECOND_NS)).as("it is still looked at").isFalse();
    }

    @Test
    void shouldNotJudgeVcpusItHasNoRoomFor() {
        ledger.add(100_000, SECOND_NS);
        ledger.add(VcpuClock.UNKNOWN, SECOND_NS);
        for (int i = 0; i < 3; i++) {
            assertThat(ledger.review(100_000, 0)).isTrue();
        }
        assertThat(ledger.isRefuted()).isFalse();
    }
}
