package io.vperf.labs.steal.guest;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** Wall and CPU time of each call, read by the program itself; kept in memory until the calls are over. One thread. */
final class CallLog {

    static final String HEAD = "method,interval,factor,wall_ns,cpu_ns";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final String[] methods;
    private final int[] intervals;
    private final int[] factors;
    private final long[] wallNs;
    private final long[] cpuNs;
    private int at = -1;

    CallLog(int capacity) {
        methods = new String[capacity];
        intervals = new int[capacity];
        factors = new int[capacity];
        wallNs = new long[capacity];
        cpuNs = new long[capacity];
    }

    /**
     * @param interval of vperf, the first being 0
     * @param factor how many times its method's usual work this call has to do
     */
    void next(String method, int interval, int factor) {
        at++;
        methods[at] = method;
        intervals[at] = interval;
        factors[at] = factor;
    }

    void begin() {
        wallNs[at] = System.nanoTime();
        cpuNs[at] = threads.getCurrentThreadCpuTime();
    }

    void end() {
        cpuNs[at] = threads.getCurrentThreadCpuTime() - cpuNs[at];
        wallNs[at] = System.nanoTime() - wallNs[at];
    }

    /** Of the last call. */
    long lastNs() {
        return wallNs[at];
    }

    void write(Path file) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println(HEAD);
            for (int i = 0; i <= at; i++) {
                out.println(methods[i] + "," + intervals[i] + "," + factors[i] + "," + wallNs[i] + "," + cpuNs[i]);
            }
        }
    }
}
