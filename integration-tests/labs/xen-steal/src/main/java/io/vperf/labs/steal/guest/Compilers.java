package io.vperf.labs.steal.guest;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What the JVM compiles when a program begins takes the one physical CPU from the vCPU that works, in the run without steal as in
 * the others, and would make the longest calls of the reference longer.
 */
final class Compilers {

    private static final long POLL_MS = 50;
    private static final long IDLE_NS = 1_000_000_000;

    /** Well within vperf's interval, as what counts is to begin in it. */
    private static final long MOST_NS = 5_000_000_000L;

    private Compilers() {}

    /** Sleeps until nothing was compiled for a second, but no longer than 5 s. */
    static void awaitIdle() throws InterruptedException {
        CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
        long beganNs = System.nanoTime();
        long lastNs = beganNs;
        long compiledMs = compilation.getTotalCompilationTime();
        while (System.nanoTime() - lastNs < IDLE_NS && System.nanoTime() - beganNs < MOST_NS) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            long nowMs = compilation.getTotalCompilationTime();
            if (nowMs != compiledMs) {
                compiledMs = nowMs;
                lastNs = System.nanoTime();
            }
        }
    }
}
