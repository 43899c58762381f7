package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A recursion of long calls that all end at about the same time, the innermost first, and are more than there is room for. */
class RecursionRoomTest {

    private static final int CAPACITY = 256;
    private static final int DEPTH = 300;

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(10, health.health());
    private final int id = table.register("m");
    private final DeferredCalls deferred = new DeferredCalls(table, health.health(), CAPACITY, 1_000);
    private final ThreadFrames thread = new ThreadFrames(
            Thread.currentThread(), false, 1, null, new FakeClocks(0).cpu().forVirtualThread());

    /** Its depths that found room. */
    private List<Integer> recursion() {
        Deque<Frame> open = new ArrayDeque<>();
        for (int depth = 0; depth < DEPTH; depth++) {
            assertThat(thread.hasRoom()).isTrue();
            open.push(thread.push(CallWords.word(id, 0, 0), 0, depth));
        }
        List<Integer> found = new ArrayList<>();
        while (!open.isEmpty()) {
            Frame frame = open.pop();
            thread.pop();
            if (deferred.offer(frame.word, frame, 1_000 - frame.depth, 50, 100)) {
                found.add(frame.depth);
            }
        }
        return found;
    }

    @Test
    void shouldKeepRoomForTheOutermostCalls() {
        List<Integer> found = recursion();

        assertThat(found).contains(0, 1, 15).doesNotContain(16).contains(DEPTH - 1);
        assertThat(found).hasSize(CAPACITY - CAPACITY / 8 + 16);
    }

    @Test
    void shouldKeepRoomForThemAmongThoseThatWait() {
        List<LongCall> skipped = new ArrayList<>();
        StealJudge never = new StealJudge() {
            @Override
            public boolean isCovered(LongCall call) {
                return false;
            }

            @Override
            public List<Verdict> judge(List<LongCall> calls) {
                assertThat(calls).isEmpty();
                return List.of();
            }

            @Override
            public void skip(LongCall call) {
                skipped.add(call);
            }

            @Override
            public void threadEnded(long thread) {}
        };
        recursion();
        deferred.settle(never, 1, false);
        recursion();
        deferred.settle(never, 2, false);

        assertThat(skipped)
                .hasSize(CAPACITY - CAPACITY / 8)
                .extracting(LongCall::depth)
                .doesNotContain(0, 15);
        assertThat(health.total(Trouble.UNCORRECTED_OVERFLOW)).isEqualTo(skipped.size());
    }
}
