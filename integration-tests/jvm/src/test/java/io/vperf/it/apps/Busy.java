package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that compute, sleep and end inside of measured calls, and the JVM's own account of their CPU time. Arguments: how
 * many threads, how many rounds of each; then a program to run meanwhile, with its arguments, over and over.
 */
public final class Busy {

    private static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();
    private static final AtomicLong SHORT_CALLS = new AtomicLong();
    private static final AtomicLong CPU_NS = new AtomicLong();

    private static volatile boolean done;

    private Busy() {}

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            Thread thread = new Thread(() -> account(rounds));
            thread.start();
            threads.add(thread);
        }
        AtomicLong started = new AtomicLong();
        Thread starter = new Thread(() -> start(List.of(args).subList(2, args.length), started));
        starter.start();
        for (Thread thread : threads) {
            thread.join();
        }
        done = true;
        starter.join();
        System.out.println("shortCalls=" + SHORT_CALLS);
        System.out.println("cpuNs=" + CPU_NS);
        System.out.println("started=" + started);
    }

    private static void account(int rounds) {
        long beforeNs = BEAN.getCurrentThreadCpuTime();
        whole(rounds);
        CPU_NS.addAndGet(BEAN.getCurrentThreadCpuTime() - beforeNs);
    }

    /** All that a thread does. */
    @Measured
    static void whole(int rounds) {
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            for (int j = 0; j < 500; j++) {
                sum += shortCall(j);
            }
            sleep();
            byte[] fresh = new byte[50_000];
            sum += fresh.length;
        }
        SHORT_CALLS.addAndGet(sum == 0 ? 0 : rounds * 500L);
    }

    @Measured
    static long shortCall(int i) {
        long x = i;
        for (int j = 0; j < 500; j++) {
            x = x * 6364136223846793005L + j;
        }
        return x;
    }

    @Measured
    static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(List<String> program, AtomicLong started) {
        while (!done && !program.isEmpty()) {
            try {
                Process process = new ProcessBuilder(program).inheritIO().start();
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(program + " ended with " + process.exitValue());
                }
                started.incrementAndGet();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
