package io.vperf.clock;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.config.WallSource;
import io.vperf.health.TestHealth;
import io.vperf.shim.Capability;
import io.vperf.shim.LibC;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** On this machine, whatever its clock source: a guarantee is taken for granted, so a counter that is bad here fails. */
class WallClocksTest {

    private static final Capability<String> GUARANTEED = Capability.available("taken for granted");
    private static final long PERIOD_NS = 20_000_000;
    private static final long BOUND_NS = 10_000 + PERIOD_NS * 4 / 1_000;

    private final TestHealth health = new TestHealth();

    @Test
    void shouldTakeNanoTimeWhereTheCounterIsNotGuaranteed() {
        WallClocks.Choice choice =
                choose(WallSource.TSC, Capability.unavailable("clock source is hpet", "get another"));

        assertThat(choice.clock()).isNotInstanceOf(TscClock.class);
        assertThat(choice.name()).isEqualTo("System.nanoTime");
        assertThat(choice.counter()).isEqualTo(Capability.unavailable("clock source is hpet", "get another"));
        assertThat(health.said()).contains("wall=tsc is refused, System.nanoTime() is used: clock source is hpet");
    }

    @Test
    void shouldSayNothingWhereNobodyAskedForTheCounter() {
        choose(WallSource.AUTO, Capability.unavailable("clock source is hpet", ""));

        assertThat(health.said()).isEmpty();
    }

    @Test
    void shouldTakeNanoTimeOnDemand() {
        WallClocks.Choice choice = choose(WallSource.NANOTIME, GUARANTEED);

        assertThat(choice.clock()).isNotInstanceOf(TscClock.class);
        assertThat(choice.counter())
                .isEqualTo(Capability.unavailable("switched off by wall=nanotime", "remove wall=nanotime"));
    }

    @Test
    void shouldTakeNanoTimeWithoutNativeCode() {
        WallClocks.Choice choice = new WallClocks(WallSource.AUTO, Capability.unavailable("no natives", ""))
                .choose(GUARANTEED, health.health(), health.log());

        assertThat(choice.counter()).isEqualTo(Capability.unavailable("no natives", ""));
    }

    @Test
    void shouldNameBothCostsWhicheverIsCheaper() {
        requireCounter();
        WallClocks.Choice choice = choose(WallSource.AUTO, GUARANTEED);
        String figures = "measured \\d+\\.\\d ns against \\d+\\.\\d ns of System.nanoTime\\(\\)";

        if (choice.counter() instanceof Capability.Unavailable<String> not) {
            assertThat(not.reason())
                    .matches(figures + ": not cheaper|whether it is cheaper than .* could not be told at a start .*");
            assertThat(choice.clock()).isNotInstanceOf(TscClock.class);
        } else {
            assertThat(((Capability.Available<String>) choice.counter()).value())
                    .matches("taken for granted, " + figures + ", .*vCPU.*");
            assertThat(choice.clock()).isInstanceOf(TscClock.class);
        }
    }

    @Test
    void shouldNotMoveTheThreadThatAsks() {
        Natives natives = requireCounter();
        NativeMemory before = natives.allocate(128);
        NativeMemory after = natives.allocate(128);
        LibC libc = natives.libc();
        assumeTrue(libc.sched_getaffinity(0, 128, before.address()) == 0, "sched_getaffinity is refused");
        choose(WallSource.TSC, GUARANTEED);

        assertThat(libc.sched_getaffinity(0, 128, after.address())).isZero();
        assertThat(after.buffer()).isEqualTo(before.buffer());
    }

    /** Threads that migrate at every round, threads that the kernel moves, one word between them, the sampler beside. */
    @Test
    void shouldKeepToTheKernelsClockAndNeverGoBackBetweenThreads() throws Exception {
        Natives natives = requireCounter();
        WallClocks.Choice choice = choose(WallSource.TSC, GUARANTEED);
        assertThat(choice.clock()).as(choice.counter().toString()).isInstanceOf(TscClock.class);
        WallClock clock = choice.clock();
        AtomicBoolean over = new AtomicBoolean();
        Exchange exchange = new Exchange();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                boolean migrates = i % 2 == 0;
                readers.add(threads.submit(() -> read(clock, natives, exchange, migrates, over)));
            }
            long beginNs = System.nanoTime();
            while (System.nanoTime() - beginNs < SECONDS.toNanos(2)) {
                TimeUnit.NANOSECONDS.sleep(PERIOD_NS);
                clock.discipline();
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
        for (Future<?> reader : readers) {
            reader.get(10, SECONDS);
        }
        assertThat(exchange.readings.get()).as("readings taken").isGreaterThan(1_000);
        assertThat(((TscClock) clock).isGivenUp()).as(health.said()).isFalse();
    }

    private static final class Exchange {
        volatile long lastNs = Long.MIN_VALUE;
        final AtomicLong readings = new AtomicLong();
    }

    private static void read(
            WallClock clock, Natives natives, Exchange exchange, boolean migrates, AtomicBoolean over) {
        NativeMemory mask = natives.allocate(128);
        int vcpus = Math.min(64, Runtime.getRuntime().availableProcessors());
        for (int round = 0; !over.get(); round++) {
            if (migrates) {
                mask.buffer().putLong(0, 1L << round % vcpus);
                int ignored = natives.libc().sched_setaffinity(0, 128, mask.address()); // refused: it stays where it is
            }
            for (int i = 0; i < 200; i++) {
                long othersNs = exchange.lastNs;
                long beforeNs = System.nanoTime();
                long nowNs = clock.nowNs();
                long afterNs = System.nanoTime();
                if (nowNs < othersNs) {
                    throw new AssertionError(nowNs + " after another thread's " + othersNs);
                }
                if (nowNs < beforeNs - BOUND_NS || nowNs > afterNs + BOUND_NS) {
                    throw new AssertionError(nowNs + " between " + beforeNs + " and " + afterNs);
                }
                exchange.lastNs = nowNs;
            }
            exchange.readings.addAndGet(200);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private WallClocks.Choice choose(WallSource wanted, Capability<String> guarantee) {
        return new WallClocks(wanted, Natives.load(Natives.defaultFolders()))
                .choose(guarantee, health.health(), health.log());
    }

    private static Natives requireCounter() {
        Capability<Natives> loaded = Natives.load(Natives.defaultFolders());
        assumeTrue(loaded instanceof Capability.Available, () -> "no native code: " + loaded);
        Natives natives = ((Capability.Available<Natives>) loaded).value();
        assumeTrue(natives.shim() instanceof Capability.Available, () -> "no C shim: " + natives.shim());
        return natives;
    }
}
