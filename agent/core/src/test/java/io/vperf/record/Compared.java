package io.vperf.record;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.shim.LibC;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes measured calls on one native thread with readings of the kernel's CPU clock around each. */
final class Compared {

    private static final int METHODS = 64;
    private static final int DEEPEST = 32;

    /** Memory of threads that have ended: it cannot be given back. */
    private static final ConcurrentLinkedQueue<NativeMemory> FREE = new ConcurrentLinkedQueue<>();

    private final LibC libc;
    private final NativeMemory timespec;
    private final ProbeHandler probe;
    private final LastCall.Of last;
    private final Difference.End[] ins = new Difference.End[DEEPEST];
    private final Difference.End out = new Difference.End();
    final Difference difference;
    private int open;
    private long seenRenewedNs;

    /** Begins with this thread's first measured call, which makes its state. */
    Compared(Natives natives, Recording recording, LastCall calls, long readingNs) {
        libc = natives.libc();
        NativeMemory used = FREE.poll();
        timespec = used != null ? used : natives.allocate(16);
        probe = recording.probeHandler();
        for (int i = 0; i < DEEPEST; i++) {
            ins[i] = new Difference.End();
        }
        last = calls.ofThisThread();
        difference = new Difference(readingNs);
    }

    static void registerMethods(MethodTable methods) {
        for (int i = 0; i < METHODS; i++) {
            methods.register("m" + i);
        }
    }

    boolean mayNest() {
        return open < DEEPEST;
    }

    void call(int method, Runnable body) {
        Difference.End in = ins[open++];
        in.beforeNs = System.nanoTime();
        in.cpuNs = kernelNs();
        in.wallNs = System.nanoTime();
        Object frame = probe.enter(method % METHODS);
        body.run();
        probe.exit(frame, null);
        out.wallNs = System.nanoTime();
        out.cpuNs = kernelNs();
        out.beforeNs = System.nanoTime();
        open--;
        last.look(frame);
        difference.add(last, in, out, open == 0);
        long renewedNs = last.thread.clock.renewedNs();
        difference.renewals += renewedNs != seenRenewedNs ? 1 : 0;
        seenRenewedNs = renewedNs;
    }

    /** What of two kernel readings around a call belongs to neither the call nor the probe: the median of many. */
    long readingNs(int calls) {
        long[] costsNs = new long[calls];
        Difference.End in = ins[0];
        for (int i = 0; i < calls; i++) {
            in.cpuNs = kernelNs();
            in.wallNs = System.nanoTime();
            Object frame = probe.enter(0);
            probe.exit(frame, null);
            out.wallNs = System.nanoTime();
            out.cpuNs = kernelNs();
            last.look(frame);
            long probeNs = out.wallNs - in.wallNs - last.wallNs;
            costsNs[i] = out.cpuNs - in.cpuNs - probeNs - last.cpuNs;
        }
        long[] lateNs = Arrays.copyOfRange(costsNs, calls / 2, calls); // compiled by then
        Arrays.sort(lateNs);
        return lateNs[lateNs.length / 2];
    }

    private long kernelNs() {
        int failed = libc.clock_gettime(LibC.CLOCK_THREAD_CPUTIME_ID, timespec.address());
        if (failed != 0) {
            throw new IllegalStateException("the kernel does not tell this thread's CPU time");
        }
        return timespec.buffer().getLong(0) * 1_000_000_000 + timespec.buffer().getLong(8);
    }

    /** The thread reads no more. */
    void end() {
        FREE.add(timespec);
    }
}
