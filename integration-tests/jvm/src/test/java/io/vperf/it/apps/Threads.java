package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Calls from threads of many kinds. Arguments: the kind, how many threads or tasks, calls of each. */
public final class Threads {

    private static final AtomicLong MADE = new AtomicLong();

    private Threads() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[1]);
        int calls = Integer.parseInt(args[2]);
        switch (args[0]) {
            case "comeAndGo" -> comeAndGo(threads, calls);
            case "atOnce" -> atOnce(threads, calls);
            case "virtual" -> virtual(threads, calls);
            case "commonPool" -> commonPool(threads, calls);
            case "contended" -> contended(threads, calls);
            case "erased" -> erased(threads, calls);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("made=" + MADE.get());
    }

    private static void comeAndGo(int threads, int calls) throws InterruptedException {
        for (int i = 0; i < threads; i += 10) {
            List<Thread> batch = new ArrayList<>();
            for (int j = 0; j < 10; j++) {
                Thread thread = new Thread(() -> call(calls));
                thread.start();
                batch.add(thread);
            }
            for (Thread thread : batch) {
                thread.join();
            }
        }
    }

    private static void atOnce(int threads, int calls) throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    return;
                }
                call(calls);
            });
            thread.start();
            all.add(thread);
        }
        begin.countDown();
        for (Thread thread : all) {
            thread.join();
        }
    }

    /** By reflection: compiled for a JDK that has no virtual threads. */
    private static void virtual(int threads, int calls) throws Exception {
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(executor.submit(() -> {
                call(calls - 1);
                sleep();
                MADE.incrementAndGet();
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        executor.shutdown();
    }

    /** All the time in the same method; prints how often the threads have waited meanwhile, for the JVM. */
    private static void contended(int threads, int calls) throws InterruptedException {
        ThreadMXBean jvm = ManagementFactory.getThreadMXBean();
        AtomicLong waits = new AtomicLong();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                call(calls / 10);
                long before = waits(jvm);
                call(calls);
                waits.addAndGet(waits(jvm) - before);
            });
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
        System.out.println("waits=" + waits.get());
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static long waits(ThreadMXBean jvm) {
        ThreadInfo own = jvm.getThreadInfo(Thread.currentThread().getId());
        return own.getBlockedCount() + own.getWaitedCount();
    }

    private static void commonPool(int tasks, int calls) throws Exception {
        for (int i = 0; i < tasks; i += 50) {
            List<CompletableFuture<Void>> batch = new ArrayList<>();
            for (int j = 0; j < 50; j++) {
                batch.add(CompletableFuture.runAsync(() -> call(calls)));
            }
            for (CompletableFuture<Void> one : batch) {
                one.get();
            }
        }
    }

    /** Does to its own thread what some pools do after each task. Also in the midst of a measured call. */
    private static void erased(int tasks, int calls) throws ReflectiveOperationException {
        Field locals = Thread.class.getDeclaredField("threadLocals");
        locals.setAccessible(true);
        for (int i = 0; i < tasks; i++) {
            call(calls);
            locals.set(Thread.currentThread(), null);
        }
        around(locals);
        call(calls);
    }

    @Measured
    static void around(Field locals) throws ReflectiveOperationException {
        @Nullable Object nothing = null;
        locals.set(Thread.currentThread(), nothing);
        call(1);
    }

    private static void call(int calls) {
        long sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += work(i);
        }
        MADE.addAndGet(sum == 0 ? 0 : calls);
    }

    @Measured
    static long work(int i) {
        return i + 1L;
    }

    @Measured
    static void sleep() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
