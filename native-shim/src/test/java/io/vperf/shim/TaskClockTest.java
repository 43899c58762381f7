package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For how long a thread was switched in, held against what it did. */
@Timeout(60)
class TaskClockTest {

    private static final long MS = 1_000_000;

    private final Natives natives = Loaded.natives();
    private final TaskClocks clocks = new TaskClocks(natives, new Descriptors(2));

    /** Skips the test where the machine forbids perf events. */
    private TaskClock open() {
        Capability<TaskClock> opened = clocks.open();
        if (opened instanceof Capability.Unavailable<TaskClock> refused) {
            assumeTrue(!refused.reason().matches(".*E(PERM|ACCES|NOSYS).*"), refused.reason());
        }
        return Loaded.value(opened);
    }

    private static void compute(long ns) {
        long fromNs = System.nanoTime();
        while (System.nanoTime() - fromNs < ns) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldStandStillWhileTheThreadSleepsAndRunOnWhileItComputes() throws Exception {
        long[] outAndMost = Scratch.run(() -> {
            Switches switches = new Switches(natives);
            try (TaskClock clock = open()) {
                long leastSleptNs = Long.MAX_VALUE;
                long leastOutNs = Long.MAX_VALUE;
                for (int i = 0; i < 10; i++) { // others may want the vCPU too
                    long inNs = clock.nowNs();
                    long fromNs = System.nanoTime();
                    Thread.sleep(20);
                    leastSleptNs = Math.min(leastSleptNs, System.nanoTime() - fromNs - (clock.nowNs() - inNs));
                    long before = switches.all();
                    inNs = clock.nowNs();
                    fromNs = System.nanoTime();
                    compute(MS);
                    long outNs = System.nanoTime() - fromNs - (clock.nowNs() - inNs);
                    leastOutNs = switches.all() == before ? Math.min(leastOutNs, Math.abs(outNs)) : leastOutNs;
                }
                return new long[] {leastSleptNs, leastOutNs};
            }
        });
        assertThat(outAndMost[0]).as("switched out over sleeps of 20 ms").isBetween(19 * MS, 40 * MS);
        assertThat(outAndMost[1]).as("switched out without a switch").isLessThan(MS / 10);
    }

    /** Between two looks without a block it is what schedstat calls run delay. */
    @Test
    void shouldAgreeWithSchedStatOverPreemptions() throws Exception {
        long[] found = Scratch.run(() -> {
            Scratch.pin(natives);
            int vcpu = natives.libc().sched_getcpu();
            CountDownLatch running = new CountDownLatch(1);
            Thread rival = new Thread(() -> {
                Scratch.pin(natives, vcpu);
                running.countDown();
                compute(400 * MS);
            });
            rival.start();
            running.await();
            Capability<SchedStat> opened = new SchedStats(natives, new Descriptors(1)).open();
            assumeTrue(opened instanceof Capability.Available, () -> opened.toString());
            try (TaskClock clock = open();
                    SchedStat stat = Loaded.value(opened)) {
                long voluntary = stat.voluntarySwitches();
                long delayNs = stat.runDelayNs();
                long outNs = System.nanoTime() - clock.nowNs();
                compute(200 * MS);
                outNs = System.nanoTime() - clock.nowNs() - outNs;
                delayNs = stat.runDelayNs() - delayNs;
                voluntary = stat.voluntarySwitches() - voluntary;
                rival.join();
                return new long[] {outNs, delayNs, voluntary};
            }
        });
        assumeTrue(found[2] == 0, "the thread had to wait for something after all"); // a safepoint
        assertThat(found[1]).as("run delay beside a rival").isGreaterThan(20 * MS);
        assertThat(found[0]).isCloseTo(found[1], within(2 * MS));
    }

    @Test
    void shouldOpenNoMoreThanAllowedTogetherWithSchedStats() {
        Descriptors descriptors = new Descriptors(2);
        TaskClocks some = new TaskClocks(natives, descriptors);
        SchedStats others = new SchedStats(natives, descriptors);
        Capability<SchedStat> stat = others.open();
        assumeTrue(stat instanceof Capability.Available, () -> stat.toString());
        open().close();
        TaskClock clock = Loaded.value(some.open());
        assertThat(Loaded.reason(some.open())).contains("as many");
        assertThat(Loaded.reason(others.open())).contains("as many");
        clock.close();
        clock.close();
        TaskClock again = Loaded.value(some.open());
        assertThat(Loaded.reason(some.open())).contains("as many");
        again.close();
        Loaded.value(stat).close();
    }

    @Test
    void shouldAnswerForTheThreadThatOpenedIt() throws Exception {
        CompletableFuture<TaskClock> opened = new CompletableFuture<>();
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(() -> Scratch.complete(opened, () -> {
            TaskClock clock = open();
            opened.complete(clock);
            done.await();
            return clock;
        }));
        thread.start();
        TaskClock clock = Scratch.await(opened);
        Thread.sleep(20);
        long asleepNs = clock.nowNs();
        compute(20 * MS);
        assertThat(clock.nowNs()).isCloseTo(asleepNs, within(0L));
        done.countDown();
        thread.join();
        clock.close();
        assertThat(clock.nowNs()).as("closed").isNegative();
    }

    @Test
    void shouldSayWhyItIsRefusedAndGiveItsPlaceBack() throws Exception {
        open().close();
        Capability<TaskClock> refused = Scratch.run(() -> {
            SeccompFilter.refuse(natives, SeccompFilter.PERF_EVENT_OPEN, Errno.EACCES);
            for (int i = 0; i < 5; i++) {
                Capability<TaskClock> ignored = clocks.open();
            }
            return clocks.open();
        });
        assertThat(Loaded.reason(refused)).startsWith("perf_event_open failed with EACCES");
        open().close();
    }

    /** Uses up the file descriptors, as a leak in an application does, and asks then and later. */
    public static final class OpenWithoutDescriptors {
        public static void main(String[] arguments) throws Exception {
            Natives natives = Loaded.value(Natives.load(Natives.defaultFolders()));
            TaskClocks clocks = new TaskClocks(natives, new Descriptors(2));
            List<FileInputStream> leak = new ArrayList<>();
            try {
                while (leak.size() < 1_000) {
                    leak.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                Capability<TaskClock> refused = clocks.open();
                for (FileInputStream file : leak) {
                    file.close();
                }
                System.out.println(refused);
            }
            System.out.println("later " + (clocks.open() instanceof Capability.Available));
        }
    }

    @Test
    void shouldSayThatFileDescriptorsHaveRunOut() {
        open().close();
        Command.Result result = Command.run(
                "sh",
                "-c",
                "ulimit -n 100 && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OpenWithoutDescriptors.class.getName());

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("failed with EMFILE: the process has no file descriptor left, remedy=Raise ulimit -n.")
                .contains("later true");
    }
}
