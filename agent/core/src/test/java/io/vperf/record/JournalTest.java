package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.health.TestHealth;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JournalTest {

    private static final int METHODS = 4;

    private final MethodTable table = new MethodTable(METHODS, new TestHealth().health());
    private final Journal journal = new Journal(table, 0);

    JournalTest() {
        for (int i = 0; i < METHODS; i++) {
            table.register("m" + i);
        }
    }

    private MethodInterval take(int method) {
        MethodStats stats = table.get(method);
        stats.lock.lock();
        try {
            return stats.take(0, 0, 0, List.of()).raw();
        } finally {
            stats.lock.held = false;
            stats.lock.wake();
        }
    }

    /** As a probe does. */
    private static void appendPlain(Journal to, long word, long ns) {
        if (!to.isFull()) {
            to.appendPlain(word, ns);
        } else if (CallWords.is(word, CallWords.CPU_UNKNOWN)) {
            to.append(word, ns, ThreadClock.UNKNOWN, ns, 0);
        } else {
            to.append(word, ns, ns, ns, 0);
        }
    }

    @Test
    void shouldFoldWhatWasAppendedOnce() {
        journal.append(CallWords.word(1, -1, CallWords.OUTERMOST), 100, 50, 90, 3);
        journal.append(CallWords.word(2, -1, CallWords.OUTERMOST), 200, 60, 80, 4);
        journal.fold();
        journal.fold();

        assertThat(take(1))
                .extracting(MethodInterval::calls, MethodInterval::wallNs, MethodInterval::measuredCallees)
                .containsExactly(1L, 100L, 3L);
        assertThat(take(2))
                .extracting(MethodInterval::calls, MethodInterval::selfNs, MethodInterval::measuredCallees)
                .containsExactly(1L, 80L, 4L);
    }

    @Test
    void shouldKeepTheCalleesOfEveryKindOfCallApart() {
        long word = CallWords.word(1, -1, CallWords.OUTERMOST);
        for (int i = 0; i < 300; i++) {
            appendPlain(journal, word, 10);
            journal.append(word | CallWords.weightBits(2), 100, 100, 50, 5);
            journal.append(word | CallWords.UNCORRECTED, 1_000, 1_000, 500, 7);
        }
        journal.fold();
        MethodInterval m = take(1);

        assertThat(m.measuredCalls()).isEqualTo(900);
        assertThat(m.measuredCallees()).isEqualTo(300 * (4 * 5 + 7));
        assertThat(m.wallNs()).isEqualTo(300 * (10 + 4 * 100 + 1_000));
    }

    @Test
    void shouldTakeThePlainCallsOfUnknownCpuTimeForWallTimeOnly() {
        long word = CallWords.word(1, -1, CallWords.OUTERMOST);
        for (int i = 0; i < 600; i++) {
            appendPlain(journal, word, 10);
            appendPlain(journal, word | CallWords.CPU_UNKNOWN, 30);
        }
        journal.fold();
        MethodInterval m = take(1);

        assertThat(m.calls()).isEqualTo(1200);
        assertThat(m.wallNs()).isEqualTo(600 * 40);
        assertThat(m.selfNs()).isEqualTo(600 * 40);
        assertThat(m.wall().getTotalCount()).isEqualTo(1200);
        assertThat(m.cpuUnknownCalls()).isEqualTo(600);
        assertThat(m.cpuNs()).isEqualTo(600 * 10);
        assertThat(m.cpu())
                .isNotNull()
                .satisfies(cpu -> assertThat(cpu.getTotalCount()).isEqualTo(600));
    }

    @Test
    void shouldEmptyItselfWhenFull() {
        for (int i = 0; i < 1000; i++) {
            journal.append(CallWords.word(i % METHODS, -1, CallWords.OUTERMOST), 1, 1, 1, 0);
        }
        journal.fold();
        for (int method = 0; method < METHODS; method++) {
            assertThat(take(method).calls()).isEqualTo(250);
        }
    }

    /** More methods than lists, in any order and any kind of entry; folded when full and now and then. */
    @Test
    void shouldFoldCallsOfManyMethodsInAnyOrder() {
        int methods = 150;
        MethodTable many = new MethodTable(methods, new TestHealth().health());
        for (int i = 0; i < methods; i++) {
            many.register("m" + i);
        }
        Journal own = new Journal(many, 0);
        Random random = new Random(1);
        long[] calls = new long[methods];
        long[] sumsNs = new long[methods];
        long[] countedCallees = new long[methods];
        for (int i = 0; i < 100_000; i++) {
            int method = random.nextInt(10) == 0 ? random.nextInt(methods) : i % 7 * 20;
            long ns = random.nextInt(40_000);
            long word = CallWords.word(method, -1, CallWords.OUTERMOST);
            if (random.nextInt(3) == 0) {
                own.appendSampled(word, ns, ns, ns, 0, 0, 2);
                countedCallees[method] += 2;
            } else if (random.nextBoolean()) {
                appendPlain(own, word, ns);
            } else {
                own.append(word, ns, ns, ns, 0);
            }
            calls[method]++;
            sumsNs[method] += ns;
            if (random.nextInt(1_000) == 0) {
                own.fold();
            }
        }
        own.fold();

        for (int i = 0; i < methods; i++) {
            MethodStats stats = many.get(i);
            stats.lock.lock();
            try {
                MethodInterval m = stats.take(0, 0, 0, List.of()).raw();
                assertThat(m.calls()).as("calls of " + i).isEqualTo(calls[i]);
                assertThat(m.wall().getTotalCount()).as("histogram of " + i).isEqualTo(calls[i]);
                assertThat(m.wallNs()).as("sum of " + i).isEqualTo(sumsNs[i]);
                Estimate estimate = m.estimate();
                assertThat(estimate == null ? 0 : estimate.countedCallees()).isEqualTo(countedCallees[i]);
            } finally {
                stats.lock.held = false;
                stats.lock.wake();
            }
        }
    }

    /** A thread appends without a pause while another folds: nothing is lost, doubled or mixed up. */
    @Test
    @Timeout(60)
    void shouldLoseAndDoubleNothingWhileAnotherThreadFolds() throws InterruptedException {
        int entries = 2_000_000;
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < entries; i++) {
                int method = i & (METHODS - 1);
                // Wall, CPU, self and callees tell the entry they belong to: a torn one shows.
                journal.append(CallWords.word(method, -1, CallWords.OUTERMOST), i, 2L * i, 3L * i, 4L * i);
            }
            done.set(true);
        });
        writer.start();
        long calls = 0;
        long wallNs = 0;
        long folds = 0;
        boolean last;
        do {
            last = done.get();
            journal.fold();
            folds++;
            for (int method = 0; method < METHODS; method++) {
                MethodInterval m = take(method);
                calls += m.calls();
                long sumNs = Objects.requireNonNull(m.wallNs());
                wallNs += sumNs;
                Long cpuNs = m.cpuNs();
                assertThat(cpuNs == null ? 0 : cpuNs).isEqualTo(2 * sumNs);
                assertThat(m.selfNs()).isEqualTo(3 * sumNs);
                assertThat(m.measuredCallees()).isEqualTo(4 * sumNs);
                assertThat(m.wall().getTotalCount()).isEqualTo(m.calls());
            }
        } while (!last);
        writer.join();

        assertThat(folds).as("folded while the thread wrote").isGreaterThan(10);
        assertThat(calls).isEqualTo(entries);
        assertThat(wallNs).isEqualTo((long) entries * (entries - 1) / 2);
    }
}
