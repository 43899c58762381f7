package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Virtual threads that know what CPU time they use: by the JVM's reading of their carrier's, which needs {@code
 * --add-opens=java.base/java.lang=ALL-UNNAMED}. Arguments: the kind, how many threads, how many pieces each, microseconds of a piece.
 */
public final class VirtualCpu {

    private static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();

    /** By reflection: compiled for a JDK that has no virtual threads. */
    private static final Method CARRIER = method("currentCarrierThread");

    private static final Method SLEEP = method("sleep", long.class);

    private static final Map<Thread, Long> CARRIERS = new ConcurrentHashMap<>();
    private static final AtomicLong KNOWN_NS = new AtomicLong();
    private static final AtomicLong MADE = new AtomicLong();
    private static final CountDownLatch GATE = new CountDownLatch(1);

    private VirtualCpu() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[1]);
        int pieces = Integer.parseInt(args[2]);
        long pieceNs = Long.parseLong(args[3]) * 1_000;
        int warmUp = args[0].equals("pieces") ? 500 : 0;
        join(start(warmUp, () -> warmUp(pieces)));
        long carriersFromNs = carriersNs();
        KNOWN_NS.set(0);
        List<Thread> all = start(threads, task(args[0], pieces, pieceNs));
        if (args[0].equals("atOnce")) {
            while (MADE.get() < threads) {
                Thread.sleep(1);
            }
            System.out.println("inside=" + threads);
            GATE.countDown();
        }
        join(all);
        System.out.println("made=" + MADE.get());
        System.out.println("knownNs=" + KNOWN_NS.get());
        System.out.println("carriersNs=" + (carriersNs() - carriersFromNs));
        System.out.println("carriers=" + CARRIERS.size());
    }

    private static List<Thread> start(int threads, Callable<Object> task) throws ReflectiveOperationException {
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        Runnable run = () -> {
            try {
                task.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add((Thread) start.invoke(null, run));
        }
        return all;
    }

    private static void join(List<Thread> all) throws InterruptedException {
        for (Thread one : all) {
            one.join();
        }
    }

    /** As {@link #pieces}, but not measured. */
    private static Object warmUp(int pieces) throws Exception {
        for (int i = 0; i < pieces; i++) {
            burn(100_000);
            Thread.sleep(1);
        }
        return KNOWN_NS;
    }

    private static Callable<Object> task(String kind, int pieces, long pieceNs) {
        return switch (kind) {
            case "pieces" -> () -> pieces(pieces, pieceNs);
            case "nested" -> () -> nested(pieces, pieceNs);
            case "pinned" -> () -> pinned(pieces, pieceNs);
            case "thrown" -> () -> caught(pieces, pieceNs);
            case "yielding" -> () -> yielding(pieces, pieceNs);
            case "atOnce" -> () -> atOnce(pieceNs);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Measured
    static Object pieces(int pieces, long pieceNs) throws Exception {
        burn(pieceNs);
        for (int i = 1; i < pieces; i++) {
            Thread.sleep(1);
            burn(pieceNs);
        }
        return MADE.incrementAndGet();
    }

    /** Each piece is a call of its own, within the one before. */
    @Measured
    static Object nested(int pieces, long pieceNs) throws Exception {
        burn(pieceNs);
        Thread.sleep(1);
        Object made = pieces > 1 ? nested(pieces - 1, pieceNs) : MADE.incrementAndGet();
        burn(pieceNs);
        return made;
    }

    /**
     * With {@code -Djdk.reflect.useNativeAccessorOnly=true} there is a native frame on the stack while it sleeps, so it keeps its
     * carrier.
     */
    @Measured
    static Object pinned(int pieces, long pieceNs) throws Exception {
        for (int i = 0; i < pieces; i++) {
            burn(pieceNs);
            SLEEP.invoke(null, 1L);
        }
        return MADE.incrementAndGet();
    }

    @Measured
    static Object thrown(int pieces, long pieceNs) throws Exception {
        pieces(pieces, pieceNs);
        throw new IllegalStateException("as it should");
    }

    private static Object caught(int pieces, long pieceNs) throws Exception {
        try {
            return thrown(pieces, pieceNs);
        } catch (IllegalStateException e) {
            return e;
        }
    }

    @Measured
    @SuppressWarnings("ThreadPriorityCheck") // it unmounts a virtual thread
    static Object yielding(int pieces, long pieceNs) throws Exception {
        for (int i = 0; i < pieces; i++) {
            burn(pieceNs);
            Thread.yield();
        }
        return MADE.incrementAndGet();
    }

    /** All wait inside it for one another. */
    @Measured
    static Object atOnce(long pieceNs) throws Exception {
        burn(pieceNs);
        MADE.incrementAndGet();
        GATE.await();
        burn(pieceNs);
        return MADE.get();
    }

    /** Runs until the carrier has used that much CPU time. */
    private static void burn(long cpuNs) throws ReflectiveOperationException {
        long id = carrierId();
        long fromNs = BEAN.getThreadCpuTime(id);
        long usedNs;
        do {
            usedNs = BEAN.getThreadCpuTime(id) - fromNs;
        } while (usedNs < cpuNs);
        KNOWN_NS.addAndGet(usedNs);
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static long carrierId() throws ReflectiveOperationException {
        Thread carrier = (Thread) CARRIER.invoke(null);
        return CARRIERS.computeIfAbsent(carrier, Thread::getId);
    }

    private static long carriersNs() {
        return CARRIERS.values().stream().mapToLong(BEAN::getThreadCpuTime).sum();
    }

    private static Method method(String name, Class<?>... types) {
        try {
            Method method = Thread.class.getDeclaredMethod(name, types);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
