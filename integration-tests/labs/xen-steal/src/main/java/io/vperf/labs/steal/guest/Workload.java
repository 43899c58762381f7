package io.vperf.labs.steal.guest;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What runs in the guest under vperf: products of matrices, a fixed amount of work per call, on one thread. Each call also
 * reads its own clocks, within what vperf measures, for a reference that vperf has no part in.
 *
 * <p>Arguments: how many long calls, how many short ones, the files for the calls and for the kernel's counters, and the
 * command that begins to steal.
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

    private final Matrices large = new Matrices(LONG_SIZE);
    private final Matrices small = new Matrices(SHORT_SIZE);
    private final CallLog calls;
    private final CounterLog counters;
    private double check;

    private Workload(CallLog calls, CounterLog counters) {
        this.calls = calls;
        this.counters = counters;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int longCalls = Integer.parseInt(args[0]);
        int shortCalls = Integer.parseInt(args[1]);
        Workload workload = new Workload(new CallLog(longCalls + shortCalls + WARM_UP_CALLS), new CounterLog());
        workload.warmUp();
        steal(List.of(args).subList(4, args.length));
        workload.run(longCalls, shortCalls);
        workload.calls.write(Path.of(args[2]));
        workload.counters.write(Path.of(args[3]));
        System.out.println("check " + workload.check);
    }

    /** Compiles everything, vperf's probes too, under a name of its own. */
    private void warmUp() throws IOException {
        counters.before("warm-up");
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            calls.next("warm-up", 1);
            warmUpCall();
        }
        counters.after("warm-up");
    }

    private static void steal(List<String> command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(command + " ended with " + status);
        }
    }

    private void run(int longCalls, int shortCalls) throws IOException {
        List<Integer> factors = new ArrayList<>();
        for (int i = 0; i < shortCalls; i++) {
            factors.add(i % SLOW_EVERY == 0 ? SLOW_FACTOR : 1);
        }
        Collections.shuffle(factors, new Random(SEED));

        counters.before("long");
        for (int i = 0; i < longCalls; i++) {
            calls.next("long", 1);
            longCall();
        }
        counters.after("long");

        counters.before("short");
        for (int factor : factors) {
            calls.next("short", factor);
            shortCall(factor);
        }
        counters.after("short");
    }

    @Measured("warm-up")
    private void warmUpCall() {
        multiply(small, 1);
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
