package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counters of the running kernel, held against what a thread did. */
@Timeout(120)
class CountersTest {

    private static final int PAGES = 200;
    private static final int ROUNDS = 10;
    private static final long MS = 1_000_000;

    private final Natives natives = Loaded.natives();

    /** The fewest of some rounds: the JVM itself touches a page now and then. */
    private long[] leastOfTouching(String... names) throws Exception {
        return Scratch.run(() -> {
            long[] least = new long[names.length];
            Arrays.fill(least, Long.MAX_VALUE);
            try (ThreadCounters counters = Counting.open(Counting.counters(names.length, names))) {
                for (int i = 0; i < ROUNDS; i++) {
                    try (FreshPages pages = new FreshPages(natives, PAGES)) {
                        long[] counted = Counting.of(counters, names.length, pages::touch);
                        Arrays.setAll(least, event -> Math.min(least[event], counted[event]));
                    }
                }
            }
            return least;
        });
    }

    @Test
    void shouldCountFreshPages() throws Exception {
        long[] least = leastOfTouching("page-faults", "minor-faults", "major-faults");

        assertThat(least[0]).as("page faults").isBetween((long) PAGES, PAGES + 2L);
        assertThat(least[1]).as("minor faults").isBetween((long) PAGES, PAGES + 2L);
        assertThat(least[2]).as("major faults").isZero();
    }

    /** What EventNames.Side says of faults: pages that read() fills are touched in the kernel. */
    @Test
    void shouldCountFaultsOnTheSideTheyHappen() throws Exception {
        int zero = (int) natives.libc().syscall(openat(), -100, path("/dev/zero"), 0, 0, 0, 0);
        String[] names = {"minor-faults", "minor-faults:k", "minor-faults:ku"};
        long[] least = Scratch.run(() -> {
            long[] fewest = new long[names.length];
            Arrays.fill(fewest, Long.MAX_VALUE);
            try (ThreadCounters counters = Counting.open(Counting.counters(names.length, names))) {
                for (int i = 0; i < ROUNDS; i++) {
                    try (FreshPages pages = new FreshPages(natives, PAGES)) {
                        long[] counted = Counting.of(
                                counters,
                                names.length,
                                () -> assertThat(natives.libc().read(zero, pages.address, pages.bytes))
                                        .isEqualTo(pages.bytes));
                        Arrays.setAll(fewest, event -> Math.min(fewest[event], counted[event]));
                    }
                }
            }
            return fewest;
        });
        assertThat(natives.libc().close(zero)).isZero();

        assertThat(least[0]).as("in user space").isBetween(0L, 2L);
        assertThat(least[1]).as("in the kernel").isBetween((long) PAGES, PAGES + 2L);
        assertThat(least[2]).as("on both sides").isBetween((long) PAGES, PAGES + 2L);
    }

    @Test
    void shouldCountEverySwitch() throws Exception {
        int sleeps = 20;
        long[] found = Scratch.run(() -> {
            Switches switches = new Switches(natives);
            try (ThreadCounters counters = Counting.open(Counting.counters(1, "context-switches"))) {
                long outside = switches.all();
                long[] inside = new long[2];
                long[] counted = Counting.of(counters, 1, () -> {
                    inside[0] = switches.all();
                    for (int i = 0; i < sleeps; i++) {
                        sleep();
                    }
                    inside[1] = switches.all();
                });
                return new long[] {counted[0], inside[1] - inside[0], switches.all() - outside};
            }
        });
        assertThat(found[1]).as("switches by getrusage").isGreaterThanOrEqualTo(sleeps);
        assertThat(found[0]).as("switches counted").isBetween(found[1], found[2]);
    }

    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldCountMigrations() throws Exception {
        NativeMemory mask = natives.allocate(128);
        assertThat(natives.libc().sched_getaffinity(0, 128, mask.address())).isGreaterThanOrEqualTo(0);
        int vcpus = Long.bitCount(mask.buffer().getLong(0));
        assumeTrue(vcpus >= 2, "one vCPU: nowhere to migrate to");
        int first = Long.numberOfTrailingZeros(mask.buffer().getLong(0));
        int second = 63 - Long.numberOfLeadingZeros(mask.buffer().getLong(0));
        long migrations = Scratch.run(() -> {
            try (ThreadCounters counters = Counting.open(Counting.counters(1, "cpu-migrations"))) {
                Scratch.pin(natives, first);
                return Counting.of(counters, 1, () -> {
                    for (int i = 0; i < 5; i++) {
                        Scratch.pin(natives, second);
                        Scratch.pin(natives, first);
                    }
                })[0];
            }
        });
        assertThat(migrations).isEqualTo(10);
    }

    /** A clock that joins its group only once that counts stands still until the next switch: see CounterAttributes. */
    @Test
    void shouldCountAClockFromTheStart() throws Exception {
        int calls = 50;
        int counted = Scratch.run(() -> {
            int seen = 0;
            Counters counters = Counting.counters(2, "page-faults", "task-clock");
            for (int i = 0; i < calls; i++) {
                try (ThreadCounters opened = Counting.open(counters)) {
                    seen += Counting.of(opened, 2, () -> compute(MS / 10))[1] >= MS / 20 ? 1 : 0;
                }
            }
            return seen;
        });
        assertThat(counted).as("times that the clock counted").isGreaterThan(calls * 9 / 10);
    }

    @Test
    void shouldReadTheWallClockOnTheOuterSideOfTheCall() throws Exception {
        Scratch.run(() -> {
            try (ThreadCounters counters = Counting.open(Counting.counters(1, "page-faults"))) {
                long[] entry = new long[CounterReading.words(1)];
                long[] exit = new long[CounterReading.words(1)];
                long beforeNs = System.nanoTime();
                assertThat(counters.readAtEntry(entry, 0)).isZero();
                long betweenNs = System.nanoTime();
                assertThat(counters.readAtExit(exit, 0)).isZero();
                long afterNs = System.nanoTime();
                assertThat(CounterReading.wallNs(entry, 0)).isBetween(beforeNs, betweenNs);
                assertThat(CounterReading.wallNs(exit, 0)).isBetween(betweenNs, afterNs);
            }
            return null;
        });
    }

    @Test
    void shouldTellTheVcpuOfAPinnedThread() throws Exception {
        int vcpu = natives.libc().sched_getcpu();
        long[] reading = Scratch.run(() -> {
            Scratch.pin(natives, vcpu);
            try (ThreadCounters counters = Counting.open(Counting.counters(1, "page-faults"))) {
                long[] words = new long[CounterReading.words(1) + 3];
                assertThat(counters.readAtEntry(words, 3)).isZero();
                return words;
            }
        });
        assertThat(CounterReading.vcpu(reading, 3)).isEqualTo(vcpu);
        assertThat(Arrays.copyOf(reading, 3)).containsOnly(0);
    }

    /** What was asked for in any order comes back in that order, though software events are counted apart. */
    @Test
    void shouldKeepTheOrderOfEventsAcrossGroups() throws Exception {
        Path tsc = Path.of("/sys/bus/event_source/devices/msr/events/tsc");
        assumeTrue(Files.exists(tsc), "no PMU msr, which also virtual machines have on x86-64");
        long[] counted = Scratch.run(() -> {
            try (ThreadCounters counters =
                            Counting.open(Counting.counters(3, "msr/tsc/ku", "page-faults", "task-clock"));
                    FreshPages pages = new FreshPages(natives, PAGES)) {
                assertThat(counters.groups()).isEqualTo(2);
                assertThat(counters.isReadInUserSpace()).isFalse();
                return Counting.of(counters, 3, () -> {
                    pages.touch();
                    compute(MS);
                });
            }
        });
        assertThat(counted[1]).as("faults").isBetween((long) PAGES, PAGES + 100L);
        assertThat(counted[2]).as("task clock").isBetween(MS / 2, 100_000 * MS);
        assertThat(counted[0]).as("ticks").isGreaterThan(counted[2] / 10);
    }

    @Test
    void shouldCountTheThreadThatOpenedThemAlone() throws Exception {
        CompletableFuture<ThreadCounters> opened = new CompletableFuture<>();
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(() -> Scratch.complete(opened, () -> {
            ThreadCounters counters = Counting.open(Counting.counters(1, "task-clock"));
            opened.complete(counters);
            done.await();
            return counters;
        }));
        thread.start();
        ThreadCounters counters = Scratch.await(opened);
        Thread.sleep(20);
        assertThat(Counting.of(counters, 1, () -> compute(20 * MS))[0]).isCloseTo(0L, within(0L));
        done.countDown();
        thread.join();
        counters.close();
    }

    @Test
    void shouldReadNothingOnceClosed() throws Exception {
        long[] reading = {5, 5, 5, 5, 5, 5};
        int status = Scratch.run(() -> {
            ThreadCounters counters = Counting.open(Counting.counters(1, "page-faults"));
            counters.close();
            counters.close();
            return counters.readAtExit(reading, 0);
        });
        assertThat(status).isEqualTo(-9);
        assertThat(reading).containsOnly(5);
    }

    private static void compute(long ns) {
        long fromNs = System.nanoTime();
        while (System.nanoTime() - fromNs < ns) {
            Thread.onSpinWait();
        }
    }

    private static long openat() {
        return System.getProperty("os.arch").equals("amd64") ? 257 : 56;
    }

    private long path(String file) {
        NativeMemory text = natives.allocate(file.length() + 1);
        ByteBuffer bytes = text.buffer();
        for (int i = 0; i < file.length(); i++) {
            bytes.put(i, (byte) file.charAt(i));
        }
        return text.address();
    }
}
