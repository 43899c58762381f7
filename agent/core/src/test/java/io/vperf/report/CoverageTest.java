package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.Snapshots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoverageTest {

    /** 2023-11-14 22:13:20.000Z. */
    private static final long START_MS = Snapshots.STARTED_MS;

    private final Coverage coverage = new Coverage(Snapshots.header());

    private void add(long... secondsFromTo) {
        for (int i = 0; i < secondsFromTo.length; i += 2) {
            coverage.add(START_MS + 1000 * secondsFromTo[i], START_MS + 1000 * secondsFromTo[i + 1]);
        }
    }

    @Test
    void shouldMissNothingOfAWholeRun() {
        add(0, 10, 10, 20, 20, 20);
        coverage.end();
        assertThat(coverage.missing()).isEmpty();
    }

    @Test
    void shouldSayUpToWhenARunWithoutAnEndReaches() {
        add(0, 10, 10, 20);
        assertThat(coverage.missing())
                .containsExactly(
                        "counted up to 2023-11-14 22:13:40.000Z, without the end of the run: it has not ended, or was"
                                + " killed or halted, or later files are not given; what came after is not in this report");
    }

    @Test
    void shouldSayThatTheEndIsMissingWhereThereIsNoIntervalYet() {
        assertThat(coverage.missing()).singleElement().asString().startsWith("without the end of the run: ");
    }

    @Test
    void shouldSayFromWhenItCounts() {
        add(10, 20, 20, 30);
        coverage.end();
        assertThat(coverage.missing())
                .containsExactly(
                        "counted from 2023-11-14 22:13:30.000Z on, 10.0 s after the run began: older files were"
                                + " rotated away (option keep), lost, or are not given");
    }

    @Test
    void shouldSayNothingOfTheBeginningWhereNobodyKnowsIt() {
        Coverage headless = new Coverage(null);
        headless.add(5, 6);
        headless.end();
        assertThat(headless.missing()).isEmpty();
    }

    @Test
    void shouldNameGapsButNotWithoutEnd() {
        add(0, 1, 3, 4);
        coverage.end();
        assertThat(coverage.missing())
                .containsExactly("without 2.00 s from 2023-11-14 22:13:21.000Z on: these intervals were not written, or"
                        + " their file was lost or is not given");
        for (int i = 5; i < 100; i += 2) {
            add(i, i + 1);
        }
        assertThat(coverage.missing()).hasSize(4).last().isEqualTo("and without 46 stretches more");
    }

    /** As files are given in any order. */
    @Test
    void shouldJoinIntervalsInWhateverOrderTheyCome() {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            starts.add(i);
        }
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(starts, random);
            Coverage shuffled = new Coverage(Snapshots.header());
            starts.forEach(s -> shuffled.add(START_MS + s, START_MS + s + 1));
            shuffled.end();
            assertThat(shuffled.missing()).isEmpty();
        }
    }

    @Test
    void shouldTakeAClockThatWasSetBackForNoGap() {
        add(0, 10, 10, -5, -5, 5, 5, 15);
        coverage.end();
        assertThat(coverage.missing()).isEmpty();
    }
}
