package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sampler that sleeps until there is a call: a lost wake-up lets these tests run into their time limit. */
@Timeout(60)
class AwaitedCallsTest {

    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(10, health.health());
    private final int id = table.register("m");
    private final DeferredCalls deferred = new DeferredCalls(table, health.health(), 100, Long.MAX_VALUE);

    private void offer(ThreadFrames from) {
        long word = CallWords.word(id, 0, CallWords.OUTERMOST);
        deferred.offer(word, from.push(word, 0, 0), 100, 50, 100);
        from.pop();
    }

    private static ThreadFrames thread(long sequence) {
        return new ThreadFrames(
                Thread.currentThread(),
                false,
                sequence,
                null,
                new FakeClocks(0).cpu().forVirtualThread());
    }

    /** Judges at once, and tells the caller. */
    private static final class Answering implements StealJudge {

        final List<Semaphore> answers = new ArrayList<>();
        int judged;

        @Override
        public boolean isCovered(LongCall call) {
            return true;
        }

        @Override
        public List<Verdict> judge(List<LongCall> calls) {
            return calls.stream().map(this::judge).toList();
        }

        private Verdict judge(LongCall call) {
            judged++;
            answers.get((int) call.thread()).release();
            return new Verdict(Verdict.Kind.CORRECTED, 0, 0, 0, 0);
        }

        @Override
        public void skip(LongCall call) {}

        @Override
        public void threadEnded(long thread) {}
    }

    @Test
    void shouldNotSleepWhereACallWaits() {
        offer(thread(0));
        deferred.awaitOffer(DAY_NS);
        assertThat(deferred.isEmpty()).isFalse();
    }

    @Test
    void shouldWakeASleepingSampler() throws InterruptedException {
        CountDownLatch awake = new CountDownLatch(1);
        Thread sampler = new Thread(() -> {
            while (deferred.isEmpty()) {
                deferred.awaitOffer(DAY_NS);
            }
            awake.countDown();
        });
        sampler.start();
        while (sampler.getState() != Thread.State.TIMED_WAITING) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        offer(thread(0));
        awake.await();
        sampler.join();
    }

    @Test
    void shouldSayWhetherThereWasAnythingToDo() {
        Answering judge = new Answering();
        judge.answers.add(new Semaphore(0));
        assertThat(deferred.settle(judge, 0, false)).isFalse();
        offer(thread(0));
        assertThat(deferred.settle(judge, 0, false)).isTrue();
        assertThat(deferred.settle(judge, 0, false)).isFalse();
        deferred.threadEnded(0);
        assertThat(deferred.settle(judge, 0, false)).isTrue();
        assertThat(deferred.settle(judge, 0, false)).isFalse();
    }

    /** Each call is offered just when the sampler, done with the one before, is about to sleep again. */
    @ParameterizedTest
    @ValueSource(longs = {24 * 3_600_000_000_000L, 20_000})
    void shouldLoseNoWakeUp(long atMostNs) throws InterruptedException {
        int threads = 2;
        int each = 10_000;
        Answering judge = new Answering();
        List<Thread> callers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Semaphore answer = new Semaphore(0);
            judge.answers.add(answer);
            ThreadFrames frames = thread(t);
            callers.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    offer(frames);
                    answer.acquireUninterruptibly();
                }
            }));
        }
        callers.forEach(Thread::start);
        while (judge.judged < threads * each) {
            deferred.awaitOffer(atMostNs);
            deferred.settle(judge, 0, false);
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(table.get(id).take(0, 0, 0, List.of()).raw().calls()).isEqualTo((long) threads * each);
    }
}
