package io.vperf.record;

import io.vperf.clock.CpuClock;
import io.vperf.clock.CpuClocks;
import io.vperf.clock.WallClock;
import io.vperf.config.CpuSource;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import io.vperf.shim.LibC;
import io.vperf.shim.Natives;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The recorded CPU time of every call against the kernel's own, read directly around it: threads that compute, sleep, fight
 * for locks, yield, touch fresh memory, are interrupted by signals and stopped by the collector, many more than vCPUs, and
 * others that come and go in a storm. Ends with status 1 if a bound is broken. Arguments: clock kind, how many calls.
 */
public final class ClockDifferential {

    private static final int WORKERS = 64;
    private static final int STORM_CALLS = 20;

    /** Long calls wait for their correction from here on. */
    private static final long SHORT_NS = 40_000;

    private static final long GC_EVERY_MS = 100;

    /** One call in so many may differ by more than the readings' errors. */
    private static final int USUAL = 1_000;

    /** A sum below this is too small to tell a per mille of it. */
    private static final long SUM_NS = 5_000_000;

    private final Natives natives;
    private final CpuClock clock;
    private final TestHealth health = new TestHealth();
    private final Recording recording;
    private final LastCall last;
    private final Signals signals;
    private final AtomicLong toDo;
    private final AtomicInteger computed = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Difference all;
    private final long readingNs;
    private double worstSumPerMille;
    private int sums;
    private int wrongSums;

    /** What came of it. */
    record Outcome(String summary, List<String> broken) {}

    private ClockDifferential(Natives natives, CpuSource kind, long calls) {
        this.natives = natives;
        WallClock wall = System::nanoTime;
        LibC libc = natives.libc();
        Capability<CpuClock> chosen =
                new CpuClocks(wall, libc::sched_getcpu, Capability.available(natives), health.health()).choose(kind);
        if (!(chosen instanceof Capability.Available<CpuClock> found)) {
            throw new IllegalStateException("no clock: " + chosen);
        }
        clock = found.value();
        MethodTable methods = new MethodTable(100, health.health());
        Compared.registerMethods(methods);
        recording = new Recording(methods, wall, clock, health.health(), SHORT_NS, 4096, 0);
        recording.setStealKnown(true);
        last = new LastCall(recording);
        signals = new Signals(natives);
        toDo = new AtomicLong(calls);
        readingNs = new Compared(natives, recording, last, 0).readingNs(20_000);
        all = new Difference(readingNs);
    }

    public static void main(String[] arguments) throws Exception {
        Capability<Natives> natives = Natives.load(Natives.defaultFolders());
        if (!(natives instanceof Capability.Available<Natives> loaded)) {
            throw new IllegalStateException("no native code: " + natives);
        }
        CpuSource kind = CpuSource.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Outcome outcome = run(loaded.value(), kind, Long.parseLong(arguments[1]));
        System.out.println(outcome.summary());
        outcome.broken().forEach(System.out::println);
        System.exit(outcome.broken().isEmpty() ? 0 : 1);
    }

    static Outcome run(Natives natives, CpuSource kind, long calls) throws InterruptedException {
        ClockDifferential run = new ClockDifferential(natives, kind, calls);
        run.run();
        return new Outcome(run.summary(), run.broken());
    }

    private void run() throws InterruptedException {
        long[] ids = new long[WORKERS];
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int number = i;
            workers.add(start("worker-" + i, () -> {
                ids[number] = signals.self();
                work(number, true);
                ids[number] = 0;
            }));
        }
        List<Thread> disturbers = List.of(
                start("storm", this::storm),
                start("collector", () -> every(GC_EVERY_MS, System::gc)),
                start("signals", () -> every(1, () -> signals.send(ids))));
        for (Thread worker : workers) {
            worker.join();
        }
        done.set(true);
        for (Thread disturber : disturbers) {
            disturber.join();
        }
    }

    private Thread start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setUncaughtExceptionHandler((t, e) -> failure.compareAndSet(null, e));
        thread.start();
        return thread;
    }

    private void every(long ms, Runnable action) {
        while (!done.get()) {
            action.run();
            try {
                Thread.sleep(ms);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void work(long seed, boolean whole) {
        Compared calls = new Compared(natives, recording, last, readingNs);
        Mix mix = new Mix(seed, calls, computed::set);
        if (whole) {
            while (toDo.get() > 0) {
                toDo.addAndGet(-mix.round());
            }
        } else {
            mix.few(STORM_CALLS);
            toDo.addAndGet(-STORM_CALLS);
        }
        calls.end();
        keep(calls.difference);
    }

    /** Threads begin and end, eight at a time. */
    private void storm() {
        for (int round = 0; !done.get(); round++) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int seed = round * 8 + i;
                threads.add(start("storm-" + seed, () -> work(seed, false)));
            }
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void keep(Difference thread) {
        all.add(thread);
        if (thread.outermostNs >= SUM_NS) {
            sums++;
            // No better than a single call's: what was stolen before its last reading may not be known then.
            wrongSums += Math.abs(thread.outermostDifferenceNs) > thread.outermostNs / 1_000 + mostNs() ? 1 : 0;
            if (Math.abs(thread.sumPerMille()) > Math.abs(worstSumPerMille)) {
                worstSumPerMille = thread.sumPerMille();
            }
        }
    }

    private long mostNs() {
        return clock.callNs() * 100;
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %,d calls, difference ns p50 %,d p99 %,d p99.9 %,d p99.99 %,d max %,d (%s); allowed max %,d; %.4f %% beyond"
                        + " the readings' errors;"
                        + " worst sum of %d threads %.3f per mille, all together %.3f; %.4f renewals a call; %,d disturbed; kernel call"
                        + " %,d ns, reading %,d ns; %,d signals; health %s",
                clock.name(),
                all.calls,
                all.absoluteNs.getValueAtPercentile(50),
                all.absoluteNs.getValueAtPercentile(99),
                all.absoluteNs.getValueAtPercentile(99.9),
                all.absoluteNs.getValueAtPercentile(99.99),
                all.worstNs,
                all.worst,
                mostNs(),
                100.0 * all.beyond / all.calls,
                sums,
                worstSumPerMille,
                all.sumPerMille(),
                (double) all.renewals / all.calls,
                all.disturbed,
                clock.callNs(),
                readingNs,
                signals.handled(),
                health.health().totals());
    }

    private List<String> broken() {
        List<String> broken = new ArrayList<>();
        Throwable thrown = failure.get();
        check(broken, thrown == null, "a thread failed: " + thrown);
        check(broken, signals.handled() > 0, "no thread was interrupted by a signal");
        check(broken, all.negative == 0, all.negative + " negative CPU times");
        check(broken, all.beyondWall == 0, all.beyondWall + " CPU times above wall time");
        check(broken, all.unknown == 0, all.unknown + " unknown CPU times");
        check(broken, Math.abs(all.worstNs) <= mostNs(), "a difference beyond T");
        check(broken, all.beyond * USUAL <= all.calls, "more than 0.1 % of the calls beyond the readings' errors");
        check(broken, sums > 0 && wrongSums == 0, "a thread's sum off by more than 0.1 % and T");
        check(broken, all.isSumRight(clock.callNs()), "the sum of all threads off by more than 0.1 %");
        for (Trouble kind : List.of(Trouble.CLOCK_BACKWARDS, Trouble.CLOCK_REFUTED, Trouble.CLOCK_DEGRADED)) {
            check(broken, health.total(kind) == 0, kind + ": " + health.total(kind));
        }
        return broken;
    }

    private static void check(List<String> broken, boolean holds, String otherwise) {
        if (!holds) {
            broken.add("BROKEN: " + otherwise);
        }
    }
}
