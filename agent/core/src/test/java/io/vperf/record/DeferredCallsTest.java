package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.lock.BriefLock;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeferredCallsTest {

    private static final int CAPACITY = 4;
    private static final long PATIENCE_NS = 1_000;

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(10, health.health());
    private final int id = table.register("m");
    private final DeferredCalls deferred = new DeferredCalls(table, health.health(), CAPACITY, PATIENCE_NS);
    private final ThreadFrames one = thread(1);
    private final ThreadFrames two = thread(2);
    private final Judge judge = new Judge();

    private static ThreadFrames thread(long sequence) {
        return new ThreadFrames(
                Thread.currentThread(),
                false,
                sequence,
                null,
                new FakeClocks(0).cpu().forVirtualThread());
    }

    /** Covers what ended by then, and gives each call 3 ns. */
    private static final class Judge implements StealJudge {

        long coveredUntilNs;
        Verdict verdict = new Verdict(Verdict.Kind.CORRECTED, 3, 3, 2, 4);
        final List<String> log = new ArrayList<>();

        @Override
        public boolean isCovered(LongCall call) {
            return call.exitNs() <= coveredUntilNs;
        }

        @Override
        public List<Verdict> judge(List<LongCall> calls) {
            return calls.stream().map(this::judge).toList();
        }

        private Verdict judge(LongCall call) {
            log.add("judge " + call.thread() + "@" + call.exitNs());
            return verdict;
        }

        @Override
        public void skip(LongCall call) {
            log.add("skip " + call.thread() + "@" + call.exitNs());
        }

        @Override
        public void threadEnded(long thread) {
            log.add("ended " + thread);
        }
    }

    private boolean offer(ThreadFrames thread, long exitNs) {
        long word = CallWords.word(id, 0, CallWords.OUTERMOST);
        Frame frame = thread.push(word, 0, exitNs - 100);
        thread.pop();
        return deferred.offer(word, frame, exitNs, 50, 100);
    }

    /** Two of them. */
    private void offerWithCallees(long exitNs) {
        long word = CallWords.word(id, 0, CallWords.OUTERMOST);
        Frame frame = one.push(word, 0, exitNs - 100);
        frame.callees = 2;
        one.pop();
        deferred.offer(word, frame, exitNs, 50, 93);
    }

    private MethodInterval take() {
        return table.get(id).take(0, 0, 0, List.of()).corrected(fromNs -> Long.MAX_VALUE, false, 0);
    }

    private void assertInBoth(MethodInterval m, long calls) {
        assertThat(m.calls()).isEqualTo(calls);
        assertThat(m.wall().getTotalCount()).isEqualTo(calls);
        if (calls > 0 && m.uncorrectedCalls() == calls) {
            assertThat(m.corrected()).as("nothing is known of any").isNull();
        } else {
            assertThat(Objects.requireNonNull(m.corrected()).getTotalCount()).isEqualTo(calls);
        }
    }

    @Test
    void shouldEnterACallInBothHistogramsWhenItIsCovered() {
        offer(one, 200);
        deferred.settle(judge, 300, false);
        assertThat(take().calls()).as("not before").isZero();
        assertThat(deferred.isEmpty()).isFalse();

        judge.coveredUntilNs = 200;
        deferred.settle(judge, 400, false);
        MethodInterval m = take();
        assertInBoth(m, 1);
        assertThat(m.wallNs()).isEqualTo(100);
        assertThat(m.stolenNs()).isEqualTo(3);
        assertThat(deferred.isEmpty()).isTrue();
    }

    /** However a call is entered: corrected, uncorrected, or because the room was taken. */
    @Test
    void shouldKeepTheNumberOfACallsCallees() {
        offerWithCallees(200);
        judge.coveredUntilNs = 200;
        deferred.settle(judge, 300, false);
        assertThat(take().measuredCallees()).isEqualTo(2);

        judge.verdict = new Verdict(Verdict.Kind.TAINTED, 0, 0, 0, 0);
        offerWithCallees(200);
        deferred.settle(judge, 300, false);
        assertThat(take().measuredCallees()).isEqualTo(2);

        offerWithCallees(400);
        deferred.settle(judge, 500, true);
        MethodInterval late = take();
        assertThat(late.uncorrectedCalls()).isEqualTo(1);
        assertThat(late.measuredCallees()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheOrderOfAThreadsCalls() {
        offer(one, 500);
        offer(one, 600);
        offer(two, 300);
        judge.coveredUntilNs = 400;
        deferred.settle(judge, 700, false);
        assertThat(judge.log).containsExactly("judge 2@300");

        judge.coveredUntilNs = 600;
        deferred.settle(judge, 700, false);
        assertThat(judge.log).containsExactly("judge 2@300", "judge 1@500", "judge 1@600");
    }

    @Test
    void shouldHoldBackACoveredCallBehindAnUncoveredOneOfItsThread() {
        StealJudge second = new StealJudge() {
            @Override
            public boolean isCovered(LongCall call) {
                return call.exitNs() == 600; // it ended on another vCPU
            }

            @Override
            public List<Verdict> judge(List<LongCall> calls) {
                return judge.judge(calls);
            }

            @Override
            public void skip(LongCall call) {}

            @Override
            public void threadEnded(long thread) {}
        };
        offer(one, 500);
        offer(one, 600);
        deferred.settle(second, 700, false);
        assertThat(judge.log).isEmpty();
    }

    @Test
    void shouldEnterUncorrectedWhatWaitedTooLong() {
        offer(one, 200);
        deferred.settle(judge, 300, false);
        for (int sample = 1; sample <= 10; sample++) {
            deferred.settle(judge, 300 + sample * PATIENCE_NS / 10, false);
        }
        assertThat(judge.log).isEmpty();
        deferred.settle(judge, 301 + PATIENCE_NS, false);
        MethodInterval m = take();

        assertInBoth(m, 1);
        assertThat(m.uncorrectedCalls()).isEqualTo(1);
        assertThat(m.stolenNs()).isNull();
        assertThat(judge.log).containsExactly("skip 1@200");
        assertThat(health.total(Trouble.UNCORRECTED_TIMEOUT)).isEqualTo(1);
    }

    /** The sampler was kept from running: before it heard of the one call, and while the other waited. */
    @Test
    void shouldKeepWhatCouldNotBeSettledAsNoSampleCame() {
        offer(one, 200);
        deferred.settle(judge, 300, false);
        offer(two, 400);
        deferred.settle(judge, 400 + 5 * PATIENCE_NS, false);
        deferred.settle(judge, 400 + 10 * PATIENCE_NS, false);
        assertThat(judge.log).isEmpty();

        judge.coveredUntilNs = 400;
        deferred.settle(judge, 410 + 10 * PATIENCE_NS, false);
        assertThat(judge.log).containsExactly("judge 1@200", "judge 2@400");
        assertThat(take().uncorrectedCalls()).isZero();
    }

    /** However rarely samples come. */
    @Test
    void shouldGiveUpAfterAFewSamples() {
        offer(one, 200);
        for (int sample = 1; sample <= 6; sample++) {
            deferred.settle(judge, 200 + sample * (10 * PATIENCE_NS), false);
        }
        assertThat(judge.log).containsExactly("skip 1@200");
    }

    @Test
    void shouldLeaveNothingBehindAtTheEnd() {
        offer(one, 200);
        offer(one, 300);
        judge.coveredUntilNs = 200;
        deferred.settle(judge, 400, true);

        assertInBoth(take(), 2);
        assertThat(health.total(Trouble.UNCORRECTED_TIMEOUT)).isEqualTo(1);
        assertThat(deferred.isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseWhatFindsNoRoom() {
        for (int i = 0; i < CAPACITY + 2; i++) {
            assertThat(offer(one, 200 + i)).isEqualTo(i < CAPACITY);
        }
    }

    @Test
    void shouldEnterUncorrectedWhatFindsNoRoomAmongThoseThatWait() {
        for (int i = 0; i < CAPACITY; i++) {
            offer(one, 200 + i);
        }
        deferred.settle(judge, 300, false);
        for (int i = 0; i < CAPACITY; i++) {
            offer(two, 250 + i);
        }
        deferred.settle(judge, 300, false);

        assertInBoth(take(), CAPACITY);
        assertThat(health.total(Trouble.UNCORRECTED_OVERFLOW)).isEqualTo(CAPACITY);
        assertThat(judge.log).containsExactly("skip 2@250", "skip 2@251", "skip 2@252", "skip 2@253");
        judge.coveredUntilNs = 1000;
        deferred.settle(judge, 300, false);
        assertInBoth(take(), CAPACITY);
    }

    @Test
    void shouldCountWhyACallIsUncorrected() {
        judge.coveredUntilNs = 1000;
        judge.verdict = new Verdict(Verdict.Kind.TAINTED, 0, 0, 0, 0);
        offer(one, 200);
        deferred.settle(judge, 300, false);
        judge.verdict = new Verdict(Verdict.Kind.UNKNOWN_SHARE, 0, 0, 0, 0);
        offer(one, 200);
        deferred.settle(judge, 300, false);

        assertInBoth(take(), 2);
        assertThat(health.total(Trouble.UNCORRECTED_TAINTED)).isEqualTo(1);
        assertThat(health.total(Trouble.UNCORRECTED_UNKNOWN_SHARE)).isEqualTo(1);
    }

    /** What its callees were given would be lost to a call that still waits when its thread has ended. */
    @Test
    void shouldTellThatAThreadHasEndedOnlyAfterItsLastCall() {
        offer(one, 200);
        deferred.settle(judge, 300, false);
        deferred.threadEnded(1);
        deferred.threadEnded(2);
        deferred.settle(judge, 300, false);
        assertThat(judge.log).containsExactly("ended 2");

        judge.coveredUntilNs = 200;
        deferred.settle(judge, 300, false);
        deferred.settle(judge, 300, false);
        assertThat(judge.log).containsExactly("ended 2", "judge 1@200", "ended 1");
    }

    @Test
    @Timeout(60)
    void shouldLoseAndDoubleNothingBetweenThreads() throws InterruptedException {
        int threads = 3;
        int each = 200_000;
        DeferredCalls own = new DeferredCalls(table, health.health(), 1000, Long.MAX_VALUE);
        judge.coveredUntilNs = Long.MAX_VALUE;
        judge.verdict = new Verdict(Verdict.Kind.CORRECTED, 0, 0, 0, 0);
        AtomicInteger running = new AtomicInteger(threads);
        for (int t = 0; t < threads; t++) {
            long word = CallWords.word(id, 0, CallWords.OUTERMOST);
            Frame frame = thread(10 + t).push(word, 0, 0);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    if (!own.offer(word, frame, i, 1, i)) {
                        MethodStats stats = table.get(id);
                        stats.lock.lock();
                        try {
                            stats.addUncorrectedLate(word, i, 1, i);
                        } finally {
                            stats.lock.held = false;
                            stats.lock.wake();
                        }
                    }
                }
                running.decrementAndGet();
            });
            thread.start();
        }
        long calls = 0;
        long wallNs = 0;
        boolean last;
        do {
            last = running.get() == 0;
            own.settle(judge, 0, last);
            judge.log.clear();
            BriefLock lock = table.get(id).lock;
            lock.lock();
            try {
                MethodInterval m = take();
                assertInBoth(m, m.calls());
                calls += m.calls();
                wallNs += Objects.requireNonNull(m.wallNs());
            } finally {
                lock.held = false;
                lock.wake();
            }
        } while (!last);

        assertThat(calls).isEqualTo((long) threads * each);
        assertThat(wallNs).isEqualTo(threads * ((long) each * (each - 1) / 2));
    }
}
