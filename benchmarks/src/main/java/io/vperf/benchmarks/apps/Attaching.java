package io.vperf.benchmarks.apps;

import io.vperf.benchmarks.calls.SmallMethod;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A hot loop with a call of a small method before vperf is attached, while it is, and after it was detached, in one JVM: the thread's CPU
 * time. Each is run for a second first, so that the compiler has done its work. Arguments: vperf.jar, the dump.
 */
public final class Attaching {

    private static final long WARM_UP_NS = 1_000_000_000;
    private static final long BATCH_NS = 100_000_000;
    private static final int BATCHES = 15;
    private static final int LOOPS = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static int result = 1;
    private static long calls;

    private Attaching() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        System.out.println("beforePs=" + callPs());
        calls = 0;
        vperf(args[0], "attach", pid, "report=off", "dump=" + args[1]);
        System.out.println("attachedPs=" + callPs());
        System.out.println("calls=" + calls);
        vperf(args[0], "detach", pid);
        System.out.println("afterPs=" + callPs());
        System.out.println("result=" + result);
    }

    /** Picoseconds, of the batch in the middle. */
    private static long callPs() {
        long unused = batchPs(WARM_UP_NS);
        long[] batches = new long[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            batches[i] = batchPs(BATCH_NS);
        }
        Arrays.sort(batches);
        return batches[BATCHES / 2];
    }

    private static long batchPs(long leastNs) {
        long startNs = cpuNs();
        long loops = 0;
        long ns = 0;
        while (ns < leastNs) {
            for (int i = 0; i < LOOPS; i++) {
                result = SmallMethod.loopMeasured(result);
            }
            loops += LOOPS;
            ns = cpuNs() - startNs;
        }
        calls += loops * SmallMethod.CALLS;
        return ns * 1_000 / (loops * SmallMethod.CALLS);
    }

    private static long cpuNs() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static void vperf(String jar, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", "-jar", jar));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
    }
}
