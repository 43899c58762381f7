package io.vperf.benchmarks.apps;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Many threads that each call many generated methods, with durations over three decades; and then the memory in use, all
 * the threads still being there. Arguments: generated classes, methods in each, threads.
 */
public final class ManyMethods {

    /** Names of the generated classes, before the number. */
    public static final String PREFIX = "io.vperf.benchmarks.generated.M";

    private static final long[] DURATIONS_NS = {200, 2_000, 20_000, 200_000};

    /** With pauses between them they cover an interval of the dumps. */
    private static final int READINGS = 4;

    private static final long PAUSE_MS = 4_000;

    private ManyMethods() {}

    public static void main(String[] args)
            throws ReflectiveOperationException, InterruptedException, IOException, JMException {
        Calls[] calls = new Calls[Integer.parseInt(args[0])];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = Class.forName(PREFIX + i)
                    .asSubclass(Calls.class)
                    .getDeclaredConstructor()
                    .newInstance();
        }
        int threads = Integer.parseInt(args[2]);
        CountDownLatch called = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> callAndStay(calls, called), "caller-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        called.await();
        long most = 0;
        long heap = 0;
        for (int i = 0; i < READINGS; i++) {
            long heapBytes = liveHeapBytes();
            long bytes = heapBytes + residentBytes() - Runtime.getRuntime().totalMemory();
            if (bytes > most) {
                most = bytes;
                heap = heapBytes;
            }
            Thread.sleep(PAUSE_MS);
        }
        System.out.println("bytes=" + most);
        System.out.println("heapBytes=" + heap);
        System.out.println("calls=" + (long) threads * calls.length * Integer.parseInt(args[1]) * DURATIONS_NS.length);
    }

    private static void callAndStay(Calls[] calls, CountDownLatch called) {
        for (long ns : DURATIONS_NS) {
            for (Calls some : calls) {
                some.callAll(ns);
            }
        }
        called.countDown();
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long liveHeapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** After what malloc has been given back was given back to the kernel: compilers leave much behind. */
    private static long residentBytes() throws IOException, JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        beans.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "systemTrimNativeHeap",
                new Object[0],
                new String[0]);
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS in /proc/self/status");
    }
}
