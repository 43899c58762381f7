package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Spends time in known ways, in measured calls, and prints what it knows of them itself: {@code METHOD=wall cpu runDelay} in
 * nanoseconds, from System.nanoTime, ThreadMXBean and schedstat. Arguments: the ways, one after the other; {@code spin:THREADS:MS}
 * for threads that do nothing but run, {@code quota:FILE:MS} to do so under a quota whose counters are in a file.
 */
public final class Spending {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long PIECE_MS = 100;
    /** So that nothing is done in vain. */
    public static volatile Object sink = "";

    private Spending() {}

    public static void main(String[] args) throws Exception {
        warmUp();
        for (String way : args) {
            String[] words = way.split(":", -1);
            switch (words[0]) {
                case "mix" -> known("mix", Spending::mix);
                case "sleep" -> known("sleep", () -> sleep(3 * PIECE_MS));
                case "park" -> known("park", () -> park(3 * PIECE_MS));
                case "monitor" -> monitor();
                case "read" -> known("read", Spending::read);
                case "burn" -> known("burn", () -> burn(3 * PIECE_MS));
                case "collect" -> known("collect", Spending::collect);
                case "spin" -> spin(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                case "quota" -> quota(Path.of(words[1]), Long.parseLong(words[2]));
                default -> throw new IllegalArgumentException(way);
            }
        }
    }

    /** Something to be done in a measured call. */
    private interface Way {
        void go() throws Exception;
    }

    /** So that what the JVM loads and asks for the first time is not in what is compared. */
    private static void warmUp() throws Exception {
        for (int i = 0; i < 20; i++) {
            warm();
        }
        Thread.sleep(300);
    }

    @Measured("warm")
    static void warm() throws InterruptedException {
        Thread.sleep(5);
    }

    /** Prints wall time, CPU time, run delay, and for how long that was read beside the call: it may hold what happened then. */
    private static void known(String name, Way way) throws Exception {
        long beforeMs = System.currentTimeMillis();
        long beforeNs = System.nanoTime();
        long delayNs = runDelayNs();
        long cpuNs = THREADS.getCurrentThreadCpuTime();
        long fromNs = System.nanoTime();
        way.go();
        long toNs = System.nanoTime();
        long cpuAtEndNs = THREADS.getCurrentThreadCpuTime();
        long delayAtEndNs = runDelayNs();
        long besideNs = fromNs - beforeNs + System.nanoTime() - toNs;
        print(name + "Ms", beforeMs, System.currentTimeMillis());
        print(name, toNs - fromNs, cpuAtEndNs - cpuNs, delayAtEndNs - delayNs, besideNs);
    }

    private static synchronized void print(String name, long... values) {
        StringBuilder line = new StringBuilder(name).append('=');
        for (long value : values) {
            line.append(value).append(' ');
        }
        System.out.println(line.toString().trim());
    }

    private static long runDelayNs() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile("/proc/thread-self/schedstat", "r")) {
            return Long.parseLong(file.readLine().split(" ", -1)[1]);
        }
    }

    /** A hundred milliseconds each of running, sleeping, waiting for a monitor and reading. */
    @Measured("mix")
    static void mix() throws Exception {
        runFor(PIECE_MS);
        Thread.sleep(PIECE_MS);
        contend(PIECE_MS);
        readFor(PIECE_MS);
    }

    @Measured("sleep")
    static void sleep(long ms) throws InterruptedException {
        Thread.sleep(ms);
    }

    @Measured("park")
    static void park(long ms) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        for (long leftNs = endNs - System.nanoTime(); leftNs > 0; leftNs = endNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    private static void monitor() throws Exception {
        known("monitor", () -> contend(3 * PIECE_MS));
    }

    /** Waits for a monitor that another thread holds for so long. */
    @Measured("monitor")
    static void contend(long ms) throws InterruptedException {
        Object lock = new Object();
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            synchronized (lock) {
                held.countDown();
                try {
                    Thread.sleep(ms);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        holder.start();
        held.await();
        synchronized (lock) {
            lock.notifyAll(); // as something has to be done here
        }
        holder.join();
    }

    private static void read() throws Exception {
        readFor(3 * PIECE_MS);
    }

    /** Reads from a process that says nothing for so long. */
    @Measured("read")
    static void readFor(long ms) throws Exception {
        Process slow = new ProcessBuilder("sleep", ms / 1000.0 + "").start();
        try (var in = slow.getInputStream()) {
            sink = in.read();
        }
        slow.waitFor();
    }

    @Measured("burn")
    static void burn(long ms) {
        runFor(ms);
    }

    /** Runs until it has used so much CPU time. */
    private static void runFor(long ms) {
        long endNs = THREADS.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        long x = 1;
        while (THREADS.getCurrentThreadCpuTime() < endNs) {
            for (int i = 0; i < 10_000; i++) {
                x = x * 31 + i;
            }
        }
        sink = x;
    }

    /** Makes the JVM collect a heap of many small objects, while this thread waits for it. */
    @Measured("collect")
    static void collect() {
        List<byte[]> live = new ArrayList<>();
        for (int i = 0; i < 500_000; i++) {
            live.add(new byte[16]);
        }
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        sink = live.size();
    }

    private static void spin(int threads, long ms) throws Exception {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                try {
                    known("spin", () -> spin(ms));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
    }

    @Measured("spin")
    static void spin(long ms) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        long x = 1;
        while (System.nanoTime() < endNs) {
            for (int i = 0; i < 1_000; i++) {
                x = x * 31 + i;
            }
        }
        sink = x;
    }

    /** As spin, in this thread; prints by how much the throttle counter of a cgroup has grown meanwhile. */
    private static void quota(Path stat, long ms) throws Exception {
        long beforeNs = throttledNs(stat);
        spin(ms);
        System.out.println("throttled=" + (throttledNs(stat) - beforeNs));
    }

    /** Version 1 counts nanoseconds, version 2 microseconds. */
    private static long throttledNs(Path stat) throws IOException {
        for (String line : Files.readAllLines(stat)) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("throttled_time")) {
                return Long.parseLong(words[1]);
            }
            if (words[0].equals("throttled_usec")) {
                return Long.parseLong(words[1]) * 1_000;
            }
        }
        throw new IOException("no throttled time in " + stat);
    }
}
