package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.CpuClocks;
import io.vperf.clock.ThreadClock;
import io.vperf.config.CpuSource;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.steal.LongCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For how long this machine's kernel says that calls which sleep and compute were switched out. */
@Timeout(120)
class KernelWaitsTest {

    private static final long MS = 1_000_000;
    private static final int SLEEPS = 3;
    private static final int SLEEP_MS = 2;
    private static final long SPUN_NS = MS / 5;
    private static final long STACK_BYTES = 256 * 1024;

    private final TestHealth health = new TestHealth();
    private final CpuClock clock;
    private final MethodTable methods = new MethodTable(1, health.health());
    private final int method = methods.register("m");
    private final Recording recording;
    private final ProbeHandler probe;
    private final LastCall last;

    KernelWaitsTest() {
        Capability<Natives> natives = Natives.load(Natives.defaultFolders());
        assumeTrue(natives instanceof Capability.Available, () -> "no native code: " + natives);
        Capability<CpuClock> chosen =
                new CpuClocks(System::nanoTime, () -> 0, natives, health.health()).choose(CpuSource.AUTO);
        clock = ((Capability.Available<CpuClock>) chosen).value();
        recording = new Recording(methods, System::nanoTime, clock, health.health(), 50_000, 4096, 0);
        recording.setStealKnown(true);
        clock.ledger().setStealAbout(true);
        probe = recording.probeHandler();
        last = new LastCall(recording);
    }

    private LongCall call(LastCall.Of of) throws InterruptedException {
        Object frame = probe.enter(method);
        for (int i = 0; i < SLEEPS; i++) {
            long fromNs = System.nanoTime();
            while (System.nanoTime() - fromNs < SPUN_NS) {
                Thread.onSpinWait();
            }
            Thread.sleep(SLEEP_MS);
        }
        probe.exit(frame, null);
        of.look(frame);
        return Objects.requireNonNull(of.call);
    }

    /** Some calls of so many threads at once, from when they may have perf events; skips the test where they may not. */
    private List<LongCall> calls(int threads, int each) throws InterruptedException {
        List<LongCall> calls = Collections.synchronizedList(new ArrayList<>());
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        Phaser together = new Phaser(threads + 1);
        Semaphore few = new Semaphore(4); // with all at once, many are switched in the midst of every question
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    null,
                    () -> {
                        try {
                            LastCall.Of of = last.ofThisThread();
                            call(of);
                            call(of); // it is by now known how often it has blocked, and that it does
                            together.arriveAndAwaitAdvance();
                            together.arriveAndAwaitAdvance(); // meanwhile the sampler looks after them
                            few.acquire();
                            call(of);
                            for (int n = 0; n < each; n++) {
                                calls.add(call(of));
                            }
                            few.release();
                            together.arriveAndAwaitAdvance(); // and none has ended
                        } catch (Throwable e) {
                            failures.add(e);
                            together.forceTermination();
                        }
                    },
                    "sleeper",
                    STACK_BYTES);
            thread.start();
            started.add(thread);
        }
        together.arriveAndAwaitAdvance();
        clock.ledger().setStealAbout(true);
        together.arriveAndAwaitAdvance();
        together.arriveAndAwaitAdvance();
        for (Thread thread : started) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assumeTrue(!health.said().matches("(?s).*(waits|EPERM|EACCES|ENOSYS).*"), health.said());
        return calls;
    }

    /**
     * What a thread's CPU time is short of wall time, it was switched out for, but for what was stolen or took interrupts. Where that,
     * or a page fault, hits a sleep that has begun, the thread is switched out for less than it sleeps.
     */
    private static void check(LongCall call) {
        long gapNs = call.wallNs() - call.cpuNs();
        long sleptNs = SLEEPS * SLEEP_MS * MS;
        long besidesNs = call.wallNs() - sleptNs - SLEEPS * SPUN_NS;
        assertThat(call.waitedNs()).as("%s", call).isBetween(sleptNs - besidesNs, gapNs + MS / 2);
        assertThat(call.runDelayNs()).as("%s", call).isBetween(0L, call.waitedNs());
    }

    @Test
    void shouldTellForHowLongACallSlept() throws Exception {
        List<LongCall> known = calls(1, 30).stream()
                .filter(call -> call.waitedNs() != ThreadClock.UNKNOWN)
                .toList();
        // A busy machine may switch the thread in the midst of every question.
        assertThat(known).hasSizeBetween(20, 30).allSatisfy(KernelWaitsTest::check);
        assertThat(known.stream()
                        .mapToLong(call -> call.wallNs() - call.cpuNs() - call.waitedNs())
                        .min()
                        .orElseThrow())
                .as("of a gap that is left where nothing was stolen")
                .isBetween(-MS / 2, MS / 2);
        assertThat(health.total(Trouble.BLOCKS_UNKNOWN)).isZero();
        assertThat(health.total(Trouble.WAITS_UNKNOWN)).isZero();
    }

    /** Each holds two file descriptors; those that come too late hold one, and are counted. */
    @Test
    void shouldDegradeThreadByThreadAndGiveTheDescriptorsBack() throws Exception {
        long heldBefore = descriptors();
        int threads = 600;
        List<LongCall> calls = calls(threads, 1);

        List<LongCall> known = calls.stream()
                .filter(call -> call.waitedNs() != ThreadClock.UNKNOWN)
                .toList();
        assertThat(known).hasSizeBetween(300, threads - 1).allSatisfy(KernelWaitsTest::check);
        assertThat(threads - known.size() - health.total(Trouble.BLOCKS_UNKNOWN))
                .as("switched in the midst of every question: unknown, too")
                .isBetween(0L, threads / 20L);
        clock.ledger().setStealAbout(true);
        assertThat(health.said()).containsOnlyOnce("blocked is unknown: as many file descriptors");
        LongCall later = call(last.ofThisThread()); // when it is settled, ended threads are forgotten
        assertThat(later.waitedNs()).isNotZero();
        assertThat(descriptors() - heldBefore).as("but for the keeper").isLessThan(10);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.count();
        }
    }
}
