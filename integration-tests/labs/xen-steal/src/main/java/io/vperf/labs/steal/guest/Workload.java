package io.vperf.labs.steal.guest;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * What runs in the guest under vperf: products of matrices, a fixed amount of work per call, on a thread named "work". Each call also
 * reads its own clocks, within what vperf measures, for a reference that vperf has no part in.
 *
 * <p>Arguments: how many long calls, how many short ones, vperf's interval in seconds, its dump, the files for the calls and
 * for the kernel's counters, the command to run when all is warm, and the one that begins to steal.
 */
public final class Workload {

    /** Some 290 ms in a guest of 250 million instructions a second, compiled by C1. */
    private static final int LONG_SIZE = 150;

    /** Some 5 ms. */
    private static final int SHORT_SIZE = 39;

    /** One short call in so many has {@link #SLOW_FACTOR} times the work, whatever is stolen; which ones, the seed says. */
    private static final int SLOW_EVERY = 20;

    private static final int SLOW_FACTOR = 10;
    private static final long SEED = 4;

    /** C1 compiles after 200 calls. */
    private static final int WARM_UP_CALLS = 300;

    /** Long ones: 3 s of work under steal, by which vperf sees of what kind the kernel is where it could not know. */
    private static final int PROOF_CALLS = 10;

    private final Matrices large = new Matrices(LONG_SIZE);
    private final Matrices small = new Matrices(SHORT_SIZE);
    private final CallLog calls;
    private final CounterLog counters = new CounterLog();
    private final DumpPauses dumps;
    private double check;

    private Workload(CallLog calls, DumpPauses dumps) {
        this.calls = calls;
        this.dumps = dumps;
    }

    public static void main(String[] args) throws InterruptedException {
        Thread work = new Thread(
                () -> {
                    try {
                        work(args);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "work");
        work.setUncaughtExceptionHandler((thread, e) -> {
            e.printStackTrace();
            System.exit(1);
        });
        work.start();
        work.join();
    }

    private static void work(String[] args) throws IOException, InterruptedException {
        int longCalls = Integer.parseInt(args[0]);
        int shortCalls = Integer.parseInt(args[1]);
        DumpPauses dumps = new DumpPauses(Path.of(args[3]), TimeUnit.SECONDS.toNanos(Long.parseLong(args[2])));
        Workload workload = new Workload(new CallLog(longCalls + shortCalls + WARM_UP_CALLS + PROOF_CALLS), dumps);
        workload.warmUp();
        command(args[6]);
        command(args[7]);
        dumps.look();
        workload.prove();
        dumps.await();
        Compilers.awaitIdle();
        workload.run(longCalls, shortCalls);
        workload.calls.write(Path.of(args[4]));
        workload.counters.write(Path.of(args[5]));
        System.out.println("check " + workload.check);
    }

    /** Compiles everything, vperf's probes too, under a name of its own. */
    private void warmUp() throws IOException {
        counters.before("warm-up", 0);
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            calls.next("warm-up", 0, 1);
            warmUpCall(small);
        }
        counters.after("warm-up", 0);
    }

    private void prove() {
        for (int i = 0; i < PROOF_CALLS; i++) {
            calls.next("warm-up", 0, 1);
            warmUpCall(large);
        }
    }

    private static void command(String command) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("bash", "-c", command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(command + " ended with " + status);
        }
    }

    private void run(int longCalls, int shortCalls) throws IOException, InterruptedException {
        List<Integer> factors = new ArrayList<>();
        for (int i = 0; i < shortCalls; i++) {
            factors.add(i % SLOW_EVERY == 0 ? SLOW_FACTOR : 1);
        }
        Collections.shuffle(factors, new Random(SEED));
        run("long", Collections.nCopies(longCalls, 1), factor -> longCall());
        run("short", factors, this::shortCall);
        TimeUnit.SECONDS.sleep(1); // for vperf to settle the last calls
    }

    private void run(String method, List<Integer> factors, IntConsumer call) throws IOException, InterruptedException {
        long longestNs = 0;
        counters.before(method, dumps.seen());
        for (int factor : factors) {
            if (dumps.isNear(longestNs)) {
                counters.after(method, dumps.seen());
                dumps.await();
                counters.before(method, dumps.seen());
            }
            calls.next(method, dumps.seen(), factor);
            call.accept(factor);
            longestNs = Math.max(longestNs, calls.lastNs());
        }
        counters.after(method, dumps.seen());
    }

    @Measured("warm-up")
    private void warmUpCall(Matrices matrices) {
        multiply(matrices, 1);
    }

    @Measured("long")
    private void longCall() {
        multiply(large, 1);
    }

    @Measured("short")
    private void shortCall(int factor) {
        multiply(small, factor);
    }

    private void multiply(Matrices matrices, int times) {
        calls.begin();
        for (int i = 0; i < times; i++) {
            check += matrices.multiply();
        }
        calls.end();
    }
}
