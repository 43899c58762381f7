package io.vperf.shim;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PerfPageTest {

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final Natives natives = Loaded.natives();
    private final PerfPages pages = PerfPages.of(natives);
    private final NativeMemory timespec = natives.allocate(16);

    @Test
    void shouldChangeAtEveryBlock() throws Exception {
        Scratch.run(() -> {
            Scratch.pin(natives); // else a migration could stand in for the block
            Switches switches = new Switches(natives);
            try (PerfPage page = open();
                    Blocks blocks = new Blocks(natives)) {
                for (int i = 0; i < 50; i++) {
                    Blocks.Block block = blocks.all().get(i % blocks.all().size());
                    long before = switches.voluntary();
                    int lock = lock(page);
                    block.block();
                    int after = lock(page);
                    assertThat(switches.voluntary()).as("block %s blocked", i).isGreaterThan(before);
                    assertThat(after).as("lock after block %s", i).isNotEqualTo(lock);
                    assertThat(after & 1).as("nobody writes now").isZero();
                }
            }
            return null;
        });
    }

    @Test
    void shouldChangeAtEveryPreemption() throws Exception {
        int vcpu = natives.libc().sched_getcpu();
        AtomicBoolean enough = new AtomicBoolean();
        Thread rival = new Thread(() -> {
            Scratch.pin(natives, vcpu);
            while (!enough.get()) {
                Thread.onSpinWait();
            }
        });
        rival.start();
        try {
            int missed = Scratch.run(() -> {
                Scratch.pin(natives, vcpu);
                return missedOfPreemptions(10);
            });
            assertThat(missed).isZero();
        } finally {
            enough.set(true);
            rival.join();
        }
    }

    private int missedOfPreemptions(int wanted) {
        Switches switches = new Switches(natives);
        try (PerfPage page = open()) {
            long deadlineNs = System.nanoTime() + SECONDS.toNanos(20);
            int missed = 0;
            int seen = 0;
            while (seen < wanted) {
                assertThat(System.nanoTime())
                        .as("%s preemptions in 20 s", wanted)
                        .isLessThan(deadlineNs);
                int lock = lock(page);
                long first = switches.involuntary();
                while (switches.involuntary() == first && System.nanoTime() < deadlineNs) {
                    Thread.onSpinWait();
                }
                seen++;
                missed += lock(page) == lock ? 1 : 0;
            }
            return missed;
        }
    }

    /** Were the word to change by itself, the clock would be right and as dear as the system call. */
    @Test
    void shouldStayWhileTheThreadRunsOn() throws Exception {
        int[] changedAndQuiet = Scratch.run(() -> {
            Switches switches = new Switches(natives);
            try (PerfPage page = open()) {
                int changed = 0;
                int quiet = 0;
                for (int i = 0; i < 1_000; i++) {
                    long before = switches.all();
                    int lock = lock(page);
                    boolean called =
                            natives.libc().clock_gettime(LibC.CLOCK_THREAD_CPUTIME_ID, timespec.address()) == 0;
                    boolean same = lock(page) == lock;
                    if (called && switches.all() == before) {
                        quiet++;
                        changed += same ? 0 : 1;
                    }
                }
                return new int[] {changed, quiet};
            }
        });

        assertThat(changedAndQuiet[1]).as("looks without a switch").isGreaterThan(500);
        assertThat(changedAndQuiet[0]).as("changes without a switch").isLessThan(10);
    }

    @Test
    void shouldLeaveNothingOfThreadsThatCameAndWent() throws Exception {
        assumeTrue(mapped() == 0, "another test of this JVM holds perf pages");
        List<PerfPage> held = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            held.add(Scratch.run(this::open));
        }
        assertThat(mapped()).isEqualTo(100);
        assertThat(descriptors()).as("the mapping alone keeps the event").isZero();

        held.forEach(PerfPage::close);
        for (int i = 0; i < 200; i++) {
            Scratch.run(this::open).close();
        }
        assertThat(mapped()).isZero();
        assertThat(descriptors()).isZero();
    }

    @Test
    void shouldLetAThreadOpenAgainAfterClosing() throws Exception {
        boolean changed = Scratch.run(() -> {
            open().close();
            try (PerfPage page = open()) {
                int lock = lock(page);
                Thread.sleep(1);
                return lock(page) != lock;
            }
        });
        assertThat(changed).isTrue();
    }

    @Test
    void shouldTellNothingOfOtherThreads() throws Exception {
        CompletableFuture<PerfPage> opened = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        Thread waiting = new Thread(() -> Scratch.complete(opened, () -> {
            PerfPage page = open();
            opened.complete(page);
            end.await();
            return page;
        }));
        waiting.start();
        try (PerfPage page = Scratch.await(opened)) {
            boolean stayed = false;
            for (int i = 0; i < 100 && !stayed; i++) { // it is a while until the other one waits
                int lock = lock(page);
                Thread.sleep(1);
                stayed = lock(page) == lock;
            }
            assertThat(stayed)
                    .as("a switch of this thread leaves the other's page alone")
                    .isTrue();
        } finally {
            end.countDown();
            waiting.join();
        }
    }

    @Test
    void shouldUnmapOnce() throws Exception {
        PerfPage first = Scratch.run(this::open);
        first.close();
        try (PerfPage second = Scratch.run(this::open)) { // most likely where the first one was
            first.close();
            assertThat(lock(second) & 1).isZero();
        }
        assertThatThrownBy(first::buffer).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNotLetThePageBeWritten() throws Exception {
        try (PerfPage page = Scratch.run(this::open)) {
            ByteBuffer buffer = page.buffer();

            assertThatThrownBy(() -> buffer.putInt(PerfPage.LOCK_OFFSET, 0))
                    .isInstanceOf(ReadOnlyBufferException.class);
            assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
        }
    }

    private PerfPage open() {
        return Loaded.page(pages);
    }

    private static int lock(PerfPage page) {
        return (int) INT.getVolatile(page.buffer(), PerfPage.LOCK_OFFSET);
    }

    private static long mapped() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("[perf_event]")).count();
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(PerfPageTest::isPerfEvent).count();
        }
    }

    private static boolean isPerfEvent(Path link) {
        try {
            return Files.readSymbolicLink(link).toString().contains("[perf_event]");
        } catch (IOException e) {
            return false; // closed meanwhile, as the one of the listing itself
        }
    }
}
