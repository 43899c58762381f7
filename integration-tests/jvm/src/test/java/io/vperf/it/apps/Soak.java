package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongUnaryOperator;

/**
 * Eight threads call measured methods of every kind for some seconds, in classes that come and go with their loaders and
 * from threads that come and go. Keeps its own counts and prints them, and what is left of loaders, heap, threads and file
 * descriptors at the end against shortly after the start. Argument: seconds.
 */
public final class Soak {

    private static final int THREADS = 8;
    private static final LongAdder SHORT = new LongAdder();
    private static final LongAdder FAILING = new LongAdder();
    private static final LongAdder FAILED = new LongAdder();
    private static final LongAdder RECURSIVE = new LongAdder();
    private static final LongAdder LONG = new LongAdder();
    private static final LongAdder VISITS = new LongAdder();
    private static final LongAdder CONSTRUCTED = new LongAdder();
    private static final List<WeakReference<ClassLoader>> LOADERS = new ArrayList<>();

    private Soak() {}

    public static void main(String[] args) throws Exception {
        long endNs = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000L;
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread worker = new Thread(() -> work(endNs), "worker-" + i);
            workers.add(worker);
            worker.start();
        }
        Thread.sleep(2000);
        long heapEarly = liveHeap();
        long filesEarly = openFiles();
        for (Thread worker : workers) {
            worker.join();
        }
        long heapLate = liveHeap();
        System.out.println("short=" + SHORT);
        System.out.println("failing=" + FAILING);
        System.out.println("failed=" + FAILED);
        System.out.println("recursive=" + RECURSIVE);
        System.out.println("long=" + LONG);
        System.out.println("visits=" + VISITS);
        System.out.println("constructed=" + CONSTRUCTED);
        System.out.println("loaders=" + LOADERS.size());
        System.out.println(
                "loadersLeft=" + LOADERS.stream().filter(r -> r.get() != null).count());
        System.out.println("heapGrowthKb=" + (heapLate - heapEarly) / 1024);
        System.out.println("filesGrowth=" + (openFiles() - filesEarly));
        System.out.println("threads=" + ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static void work(long endNs) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long sum = 0;
        while (System.nanoTime() - endNs < 0) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    try {
                        failing(random.nextInt(4));
                    } catch (IllegalStateException e) {
                        FAILED.increment();
                    }
                }
                case 1 -> sum += recursive(random.nextInt(20));
                case 2 -> sum += longCall(random.nextInt(20_000));
                case 3 -> {
                    if (random.nextInt(50) == 0) {
                        throwAwayLoader();
                    }
                }
                case 4 -> {
                    if (random.nextInt(50) == 0) {
                        throwAwayThread();
                    }
                }
                default -> {
                    for (int i = 0; i < 100; i++) {
                        sum += shortCall(i);
                    }
                }
            }
        }
        if (sum == 42) {
            System.out.println(); // keeps the loops alive
        }
    }

    @Measured
    static long shortCall(int i) {
        SHORT.increment();
        return i * 31L;
    }

    @Measured
    static void failing(int i) {
        FAILING.increment();
        if (i == 0) {
            throw new IllegalStateException();
        }
    }

    @Measured
    static long recursive(int n) {
        RECURSIVE.increment();
        return n == 0 ? 1 : n + recursive(n - 1);
    }

    @Measured
    static long longCall(int n) {
        LONG.increment();
        long x = n;
        for (int i = 0; i < n; i++) {
            x = x * 6364136223846793005L + shortCall(i % 7 == 0 ? i : 0) % 3;
            i += 50;
        }
        return x;
    }

    private static void throwAwayThread() {
        Thread thread = new Thread(() -> shortCall(1));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void throwAwayLoader() {
        try {
            ClassLoader loader = new OwnLoader();
            synchronized (LOADERS) {
                LOADERS.add(new WeakReference<>(loader));
            }
            Object visitor =
                    loader.loadClass(Visitor.class.getName()).getConstructor().newInstance();
            CONSTRUCTED.increment();
            long ignored = ((LongUnaryOperator) visitor).applyAsLong(1);
            VISITS.increment();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long liveHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    /** Loaded anew by each throw-away loader. */
    public static final class Visitor implements LongUnaryOperator {

        @Measured
        public Visitor() {}

        @Override
        @Measured
        public long applyAsLong(long x) {
            return x + 1;
        }
    }

    private static final class OwnLoader extends ClassLoader {

        OwnLoader() {
            super(Soak.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Visitor.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
