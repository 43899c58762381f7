package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That no descriptor is left of counters, however opening and closing went. */
@Timeout(120)
class CounterDescriptorsTest {

    private static final String[] FOUR = {"page-faults", "context-switches", "task-clock", "cpu-migrations"};

    @BeforeEach
    void needsPerfEventsOfItsOwn() throws Exception {
        Scratch.run(() -> Counting.open(Counting.counters(4, FOUR))).close();
        assumeTrue(PerfDescriptors.open() == 0, "another test of this JVM holds perf events");
    }

    @Test
    void shouldLeaveNothingOfThreadsThatComeAndGo() throws Exception {
        Counters counters = Counting.counters(64, FOUR);
        int at = 0;
        for (int i = 0; i < 2_000; i++) {
            ThreadCounters opened = Scratch.run(() -> {
                ThreadCounters mine = Counting.open(counters);
                Counting.of(mine, FOUR.length, Thread::onSpinWait);
                return mine;
            });
            opened.close(); // by another thread, once that one has ended
            at = i;
        }
        assertThat(at).isEqualTo(1_999);
        assertThat(PerfDescriptors.open()).isZero();
        Scratch.run(() -> Counting.open(counters)).close();
    }

    @Test
    void shouldOpenNoMoreThanAllowed() throws Exception {
        Counters counters = Counting.counters(9, FOUR); // two threads', and one that does not suffice for a third
        List<ThreadCounters> held = new ArrayList<>();
        held.add(Scratch.run(() -> Counting.open(counters)));
        held.add(Scratch.run(() -> Counting.open(counters)));
        assertThat(PerfDescriptors.open()).isEqualTo(8);

        assertThat(Loaded.reason(Scratch.run(counters::open))).contains("as many file descriptors as vperf allows");
        assertThat(PerfDescriptors.open()).isEqualTo(8);

        held.get(0).close();
        held.get(0).close();
        held.set(0, Scratch.run(() -> Counting.open(counters)));
        assertThat(Loaded.reason(Scratch.run(counters::open))).contains("as many file descriptors as vperf allows");
        held.forEach(ThreadCounters::close);
        assertThat(PerfDescriptors.open()).isZero();
    }

    /** The kernel refuses an event's fields after it has taken the three before it. */
    @Test
    void shouldGiveBackWhatWasOpenedBeforeARefusal() throws Exception {
        List<PerfEvent> events = new ArrayList<>(Counting.events("page-faults", "task-clock", "context-switches"));
        events.add(new PerfEvent("no such software event", PerfEvent.SOFTWARE, 99, 0, 0, true, false));
        Counters counters = Loaded.value(Counters.of(Loaded.natives(), new Descriptors(4), events, true));
        for (int i = 0; i < 3; i++) {
            Capability<ThreadCounters> refused = Scratch.run(counters::open);

            assertThat(Loaded.reason(refused))
                    .isEqualTo("counter no such software event: perf_event_open failed with ENOENT:"
                            + " this kernel does not count it");
            assertThat(PerfDescriptors.open()).isZero();
        }
    }

    @Test
    void shouldCloseWhileOthersReadTheirs() throws Exception {
        Counters counters = Counting.counters(8, FOUR);
        CompletableFuture<ThreadCounters> opened = new CompletableFuture<>();
        CompletableFuture<Integer> status = new CompletableFuture<>();
        CountDownLatch done = new CountDownLatch(1);
        Thread reader = new Thread(() -> Scratch.complete(opened, () -> {
            ThreadCounters mine = Counting.open(counters);
            opened.complete(mine);
            done.await();
            status.complete(mine.readAtEntry(new long[CounterReading.words(FOUR.length)], 0));
            return mine;
        }));
        reader.start();
        ThreadCounters other = Scratch.await(opened);
        for (int i = 0; i < 50; i++) {
            Scratch.run(() -> Counting.open(counters)).close();
        }
        done.countDown();
        assertThat(Scratch.await(status)).isZero();
        reader.join();
        assertThat(PerfDescriptors.open()).isEqualTo(4);
        other.close();
        assertThat(PerfDescriptors.open()).isZero();
    }
}
