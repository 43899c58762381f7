package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NestedCallsTest {

    private final NestedCalls nested = new NestedCalls(3);

    private static LongCall call(long thread, int depth, long entryNs, long exitNs) {
        return LongCalls.call(thread, depth, entryNs, exitNs, exitNs - entryNs, 0, 0);
    }

    @Test
    void shouldAddUpDirectCallees() {
        nested.add(call(1, 1, 10, 20), 3, 2, 4);
        nested.add(call(1, 1, 30, 50), 4, 2, 6);

        assertThat(nested.takeCalleesOf(call(1, 0, 0, 100))).containsExactly(7, 4, 10);
    }

    @Test
    void shouldKeepThreadsApart() {
        nested.add(call(1, 1, 10, 20), 3, 2, 4);
        assertThat(nested.takeCalleesOf(call(2, 0, 0, 100))).isNull();
    }

    @Test
    void shouldTellThemOnce() {
        nested.add(call(1, 2, 10, 20), 3, 2, 4);
        assertThat(nested.takeCalleesOf(call(1, 1, 0, 50))).isNotNull();
        assertThat(nested.takeCalleesOf(call(1, 1, 60, 90))).isNull();
    }

    @Test
    void shouldNotGiveACallTheCalleesOfAnEarlierCallerThatNeverArrived() {
        nested.add(call(1, 2, 10, 20), 3, 2, 4); // its caller at depth 1 never arrives
        assertThat(nested.takeCalleesOf(call(1, 1, 30, 50))).isNull();
    }

    @Test
    void shouldPassOnWhatWasFoundBelowCalleesThatNeverArrived() {
        nested.add(call(1, 4, 10, 20), 3, 2, 4); // its caller at depth 3 never arrives
        nested.add(call(1, 2, 5, 30), 1, 1, 1); // nor that of this one
        nested.add(call(1, 1, 31, 40), 10, 10, 10);

        assertThat(nested.takeCalleesOf(call(1, 0, 0, 50))).containsExactly(14, 13, 15);
        assertThat(nested.takeCalleesOf(call(1, 2, 0, 60))).isNull();
    }

    @Test
    void shouldNotPassOnWhatMayBelongToAnEarlierCallerThatNeverArrived() {
        nested.add(call(1, 3, 10, 20), 3, 2, 4); // its callers at depths 2 and 1 never arrive
        nested.add(call(1, 2, 40, 45), 1, 1, 1);

        assertThat(nested.takeCalleesOf(call(1, 1, 30, 50))).containsExactly(1, 1, 1);
    }

    /** As a model does that keeps a list of the calls a caller has made; some callers never arrive. */
    @Test
    void shouldAddUpAnyTreeOfCalls() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            nested.forget(1);
            Map<Integer, List<Long>> stolenByDepth = new HashMap<>();
            int depth = 0;
            long nowNs = 1;
            Deque<Long> entries = new ArrayDeque<>();
            entries.push(0L);
            for (int step = 0; step < 300; step++) {
                nowNs++;
                if (depth < 40 && random.nextBoolean()) {
                    entries.push(nowNs);
                    depth++;
                } else if (depth > 1) {
                    LongCall ended = call(1, depth, entries.pop(), nowNs);
                    long[] taken = nested.takeCalleesOf(ended);
                    List<Long> callees = stolenByDepth.remove(depth + 1);
                    assertThat(taken == null ? 0 : taken[0])
                            .isEqualTo(
                                    callees == null
                                            ? 0
                                            : callees.stream().mapToLong(c -> c).sum());
                    nested.add(ended, step, 0, 0);
                    stolenByDepth.computeIfAbsent(depth, d -> new ArrayList<>()).add((long) step);
                    depth--;
                }
            }
        }
    }

    @Test
    void shouldForgetAThreadAfterItsOutermostCall() {
        nested.add(call(1, 1, 10, 20), 3, 2, 4);
        nested.takeCalleesOf(call(1, 0, 0, 50));
        nested.add(call(1, 0, 0, 50), 3, 2, 4);
        assertThat(nested.threads()).isZero();
    }

    @Test
    void shouldForgetAThreadThatEnded() {
        nested.add(call(1, 1, 10, 20), 3, 2, 4);
        nested.forget(1);
        assertThat(nested.threads()).isZero();
    }

    /** Virtual threads come by the million, and nobody says when they have ended. */
    @Test
    void shouldKeepNothingOfCallsOfWhichNothingIsKnown() {
        for (int thread = 0; thread < 100; thread++) {
            nested.add(LongCalls.call(thread, 1, 10, 20, ThreadClock.UNKNOWN, 0, 0), 0, 0, 0);
        }
        assertThat(nested.threads()).isZero();
    }

    @Test
    void shouldPassOnWhatWasFoundBelowACallOfUnknownCpuTime() {
        nested.add(LongCalls.call(1, 1, 10, 20, ThreadClock.UNKNOWN, 0, 0), 5, 4, 6);
        assertThat(nested.takeCalleesOf(call(1, 0, 0, 100))).containsExactly(5, 4, 6);
    }
}
