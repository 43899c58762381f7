package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.util.Objects;
import java.util.function.IntConsumer;

/** Calls that return, throw, recurse and nest. Argument: what to do. */
public final class Calls {

    @SuppressWarnings("StaticAssignmentOfThrowable") // thrown again and again, to see it arrive as itself
    private static final IllegalStateException KEPT = new IllegalStateException("kept");

    private static int overflows;
    private static long entries;

    private Calls() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "exits" -> exits();
            case "traces" -> traces();
            case "recursion" -> recursion();
            case "nesting" -> nesting();
            case "deep" -> deep();
            case "overflow" -> overflow();
            case "virtualOverflow" -> virtualOverflow();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void exits() {
        int caught = 0;
        int same = 0;
        for (int i = 0; i < 100; i++) {
            try {
                evenOnly(i);
            } catch (IllegalStateException e) {
                caught++;
                same += e == KEPT ? 1 : 0;
            }
        }
        System.out.println("caught=" + caught);
        System.out.println("same=" + same);
    }

    @Measured
    static int evenOnly(int i) {
        try {
            if (i % 4 == 1) {
                throw KEPT;
            }
            if (i % 4 == 3) {
                throw new IllegalArgumentException("replaced");
            }
            return i;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    /** Prints what the program sees of its stack, in exceptions and otherwise. */
    private static void traces() {
        printTrace(i -> thrower(i));
        printTrace(i -> keep(new Made(i)));
        printTrace(i -> keep(new Made("super")));
        printTrace(i -> keep(new Made(i, "arguments")));
        for (StackTraceElement frame : here()) {
            System.out.println(frame);
        }
        System.out.println(caller());
    }

    private static void printTrace(IntConsumer failing) {
        try {
            failing.accept(1);
        } catch (RuntimeException e) {
            System.out.println(e + " " + e.getCause() + " " + e.getSuppressed().length);
            for (StackTraceElement frame : e.getStackTrace()) {
                System.out.println(frame);
            }
        }
    }

    private static void keep(Made made) {
        Objects.requireNonNull(made);
    }

    @Measured
    static int thrower(int i) {
        return i == 0 ? 0 : inner(i);
    }

    @Measured
    private static int inner(int i) {
        if (i > 0) {
            throw new IllegalStateException("inner");
        }
        return i;
    }

    @Measured
    static StackTraceElement[] here() {
        return new Throwable().getStackTrace();
    }

    @Measured
    static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(f -> f.getClassName() + "." + f.getMethodName())
                        .toList())
                .toString();
    }

    static class Base {
        Base(String s) {
            if (s.equals("super")) {
                throw new IllegalStateException("in super");
            }
        }
    }

    static final class Made extends Base {
        @Measured
        Made(int i) {
            super("fine");
            inner(i);
        }

        @Measured
        Made(String s) {
            super(s);
        }

        @Measured
        Made(int i, String s) {
            super(s + inner(i));
        }
    }

    private static void recursion() throws InterruptedException {
        long beginNs = System.nanoTime();
        System.out.println("fib=" + fibonacci(15));
        System.out.println("fibWallNs=" + (System.nanoTime() - beginNs));
        beginNs = System.nanoTime();
        ping(20);
        System.out.println("pingWallNs=" + (System.nanoTime() - beginNs));
    }

    @Measured
    static int fibonacci(int n) {
        entries++;
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }

    @Measured
    static void ping(int n) throws InterruptedException {
        Thread.sleep(1);
        if (n > 0) {
            pong(n);
        }
    }

    @Measured
    static void pong(int n) throws InterruptedException {
        Thread.sleep(1);
        ping(n - 1);
    }

    private static void nesting() {
        for (int i = 0; i < 200; i++) {
            outer(i);
        }
    }

    @Measured
    static long outer(int i) {
        long sum = spin(2_000);
        sum += middle(i);
        sum += leaf(i);
        return sum + spin(2_000);
    }

    @Measured
    static long middle(int i) {
        return notMeasured(i) + spin(1_000) + (i % 2 == 0 ? leaf(i) : 0);
    }

    private static long notMeasured(int i) {
        return leaf(i) + leaf(i + 1);
    }

    @Measured
    static long leaf(int i) {
        return spin(500 + i);
    }

    private static long spin(int rounds) {
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            sum += System.nanoTime() & 1;
        }
        return sum;
    }

    private static void deep() throws InterruptedException {
        Thread thread = new Thread(null, () -> System.out.println("depth=" + down(5_000)), "deep", 64 << 20);
        thread.start();
        thread.join();
    }

    @Measured
    static int down(int n) {
        return n == 0 ? 0 : 1 + down(n - 1);
    }

    /** Fills a small stack again and again, then goes on as usual. */
    private static void overflow() throws InterruptedException {
        Thread thread = new Thread(
                null,
                () -> {
                    for (int i = 0; i < 500; i++) {
                        try {
                            bottomless(i);
                        } catch (StackOverflowError e) {
                            overflows++;
                        }
                    }
                    for (int i = 0; i < 1000; i++) {
                        afterwards(1);
                    }
                },
                "small",
                192 << 10);
        thread.start();
        thread.join();
        System.out.println("overflows=" + overflows);
        System.out.println("entries=" + entries);
    }

    private static void virtualOverflow() throws Exception {
        for (int i = 0; i < 5; i++) {
            Runnable task = () -> {
                try {
                    bottomless(1);
                } catch (StackOverflowError e) {
                    overflows++;
                }
                afterwards(1);
            };
            // By reflection: compiled for a JDK that has no virtual threads.
            Thread thread = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
            thread.join();
        }
        System.out.println("overflows=" + overflows);
    }

    @Measured
    @SuppressWarnings("InfiniteRecursion")
    static int bottomless(int i) {
        entries++;
        return bottomless(i) + 1;
    }

    @Measured
    static int afterwards(int depth) {
        return depth == 0 ? 0 : 1 + afterwards(depth - 1);
    }
}
