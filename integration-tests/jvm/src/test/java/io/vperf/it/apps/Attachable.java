package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.management.ObjectName;

/**
 * Several threads call measured methods all the time and check what comes out of them; where there are virtual threads one of
 * those does, too. Does what it is told, line by line on stdin: {@code work} until each thread has made a hundred calls more; print
 * {@code figures} of the JVM; {@code end}, by itself after its stdin has ended.
 */
public final class Attachable {

    private static final int THREADS = 3;
    private static final int VIRTUAL = THREADS;
    private static final int MORE = 100;

    private static final AtomicLong[] MADE = new AtomicLong[THREADS + 1];
    private static final AtomicLong WRONG = new AtomicLong();
    private static volatile boolean ended;

    private Attachable() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < MADE.length; i++) {
            MADE[i] = new AtomicLong();
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread worker = new Thread(() -> work(number), "worker-" + i);
            worker.start();
            threads.add(worker);
        }
        int working = THREADS;
        if (Runtime.version().feature() >= 21) {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            threads.add((Thread) start.invoke(null, (Runnable) () -> work(VIRTUAL)));
            working++;
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
            if (line.equals("work")) {
                awaitWork(working);
                System.out.println("worked=" + made());
            } else {
                figures();
            }
        }
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("made=" + made());
        System.out.println("wrong=" + WRONG);
    }

    private static void work(int number) {
        long sum = 0;
        long rounds = 0;
        for (int i = 0; !ended; i++) {
            sum = Work.add(number, sum, i);
            if (i % 1_000 == 999) {
                if (sum != 499_500) {
                    WRONG.incrementAndGet();
                }
                sum = 0;
                i = -1;
                if (++rounds % 20 == 0) {
                    Work.pause();
                }
            }
        }
    }

    private static long made() {
        return Stream.of(MADE).mapToLong(AtomicLong::get).sum();
    }

    private static void awaitWork(int working) throws InterruptedException {
        for (int i = 0; i < working; i++) {
            long enough = MADE[i].get() + MORE;
            while (MADE[i].get() < enough) {
                Thread.sleep(1);
            }
        }
    }

    private static void figures() throws Exception {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        boolean bean = ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName("io.vperf:type=Vperf"));
        Set<String> own = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("vperf-")) {
                own.add(thread.getName());
            }
        }
        System.out.println("figures threads=" + tasks()
                + " files=" + entries("fd") + " heapKb=" + heap / 1024 + " rssKb=" + rssKb() + " maps=" + maps()
                + " bean="
                + bean + " own=" + own);
    }

    private static long tasks() throws IOException {
        return entries("task");
    }

    private static long entries(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self", folder))) {
            return entries.count();
        }
    }

    private static long rssKb() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .sum();
        }
    }

    private static long maps() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.count();
        }
    }

    /** Without lambdas: HotSpot makes those of a class anew whenever it was rewritten, and keeps the old ones. */
    private static final class Work {

        @Measured("add")
        static long add(int number, long sum, int i) {
            MADE[number].incrementAndGet();
            return sum + i;
        }

        @Measured("pause")
        static void pause() {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
