package io.vperf.steal;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.SimulatedClocks;
import io.vperf.record.Recording;
import io.vperf.record.SimulatedThreads;
import io.vperf.sim.CallObserver;
import io.vperf.sim.CallTruth;
import io.vperf.sim.SimThread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Has the recorder measure the calls of a simulated guest, and keeps beside that what is true of them and what others would
 * say.
 */
final class SimulatedRecorder implements CallObserver, AutoCloseable {

    /** What a probe takes, besides asking the kernel. */
    private static final long PROBE_NS = 30;

    final CallLog log = new CallLog();
    final List<Estimate> truth = new ArrayList<>();
    final List<Estimate> naive = new ArrayList<>();
    final List<Estimate> shortCalls = new ArrayList<>();
    final long[] calls;

    /** As the recorder keeps them. */
    private final List<Histogram> raw = new ArrayList<>();

    final long[] wallNs;

    private final SimulatedClocks clocks;
    private final SimulatedThreads threads;
    private final ProbeHandler probe;
    private final IntToLongFunction stealTicks;
    private final long shortNs;
    private final Runnable callWaits;

    /** By thread: what was read at the entry of its calls in progress. */
    private final List<Open> open = new ArrayList<>();

    private static final class Open {
        /** Per call: vCPU, its counter, CPU time. */
        private static final int STRIDE = 3;

        long[] entries = new long[8 * STRIDE];
        final Deque<Object> frames = new ArrayDeque<>();
        int depth;
    }

    /**
     * @param methods how many there are, numbered as in the recorder
     * @param stealTicks a vCPU's counter
     * @param callWaits called after each long call
     */
    SimulatedRecorder(
            Recording recording,
            SimulatedClocks clocks,
            int methods,
            IntToLongFunction stealTicks,
            long shortNs,
            Runnable callWaits) {
        this.clocks = clocks;
        this.threads = new SimulatedThreads(recording);
        this.probe = recording.probeHandler();
        this.stealTicks = stealTicks;
        this.shortNs = shortNs;
        this.callWaits = callWaits;
        this.calls = new long[methods];
        this.wallNs = new long[methods];
        for (int i = 0; i < methods; i++) {
            truth.add(new Estimate());
            naive.add(new Estimate());
            shortCalls.add(new Estimate());
            Histogram times = new Histogram(2);
            times.setAutoResize(true);
            raw.add(times);
        }
    }

    Histogram rawOf(int method) {
        return raw.get(method);
    }

    private void turnTo(SimThread thread) {
        clocks.turnTo(thread);
        threads.turnTo(thread.id());
    }

    @Override
    public long entered(SimThread thread, int method) {
        while (open.size() <= thread.id()) {
            open.add(new Open());
        }
        turnTo(thread);
        Open o = open.get(thread.id());
        int at = o.depth++ * Open.STRIDE;
        if (at == o.entries.length) {
            o.entries = Arrays.copyOf(o.entries, at * 2);
        }
        o.frames.push(Objects.requireNonNull(probe.enter(method)));
        o.entries[at] = thread.vcpu();
        o.entries[at + 1] = stealTicks.applyAsLong(thread.vcpu());
        o.entries[at + 2] = thread.cpuNs();
        return costNs();
    }

    private long costNs() {
        return PROBE_NS + clocks.takeKernelReadings() * SimulatedClocks.CALL_NS;
    }

    @Override
    public long exited(SimThread thread, CallTruth call) {
        turnTo(thread);
        Open o = open.get(thread.id());
        int at = --o.depth * Open.STRIDE;
        int method = call.method();
        int vcpuAtEntry = (int) o.entries[at];
        long countedNs = (stealTicks.applyAsLong(vcpuAtEntry) - o.entries[at + 1]) * VcpuTimeline.TICK_NS;
        long naiveNs = Math.max(0, Math.min(call.wallNs(), countedNs));
        calls[method]++;
        raw.get(method).recordValue(call.wallNs());
        wallNs[method] += call.outermost() ? call.wallNs() : 0;
        truth.get(method).add(call.wallNs(), call.stolenNs(), call.outermost());
        naive.get(method).add(call.wallNs(), naiveNs, call.outermost());
        if (call.wallNs() < shortNs) {
            shortCalls.get(method).add(call.wallNs(), 0, call.outermost());
            probe.exit(o.frames.pop(), null);
            return costNs();
        }
        log.add(
                threads.sequence(thread.id()),
                method,
                call.outermost(),
                call.entryNs(),
                call.exitNs(),
                thread.cpuNs() - o.entries[at + 2],
                vcpuAtEntry,
                thread.vcpu(),
                call.stolenNs(),
                naiveNs);
        probe.exit(o.frames.pop(), null);
        callWaits.run();
        return costNs();
    }

    @Override
    public void close() {
        threads.close();
    }
}
