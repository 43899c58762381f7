package io.vperf.export.jfr;

import io.vperf.explain.Explanation;
import io.vperf.explain.SlowCall;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.steal.VcpuSteal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;

/** The Flight Recorder's side of the door. Used only once there is one. */
final class JfrEvents {

    /** A recording that ends waits no longer for the running interval. */
    private static final long PATIENCE_MS = 1_000;

    private static final long START_S = 10;

    private static final List<Class<? extends Event>> EVENTS =
            List.of(IntervalEvent.class, MethodIntervalEvent.class, SlowCallEvent.class, VcpuEvent.class);

    private JfrEvents() {}

    /** Whether the Flight Recorder has been started, by whomever: asking does not start it. */
    static boolean isThere() {
        return FlightRecorder.isInitialized();
    }

    /**
     * Makes the events known.
     *
     * @param beforeChunkEnds called before a chunk of a recording ends: when a recording is dumped or stopped, or the JVM
     *     ends, which is before vperf's own end. The caller holds the Flight Recorder's locks: see {@link #await}
     */
    static void register(Runnable beforeChunkEnds) {
        for (Class<? extends Event> event : EVENTS) {
            FlightRecorder.register(event);
        }
        FlightRecorder.addPeriodicEvent(IntervalEvent.class, beforeChunkEnds);
    }

    /** Undoes {@link #register}; what has been recorded stays in recordings. */
    static void unregister(Runnable beforeChunkEnds) {
        boolean ignored = FlightRecorder.removePeriodicEvent(beforeChunkEnds);
        for (Class<? extends Event> event : EVENTS) {
            FlightRecorder.unregister(event);
        }
    }

    /** Works on a thread of its own, and waits so long only: the work may ask for a lock that the caller holds. */
    static void await(Runnable work) {
        Thread thread = new Thread(work, "vperf-jfr-chunk");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        try {
            thread.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Computes nothing that no recording wants. */
    static void commit(IntervalSnapshot snapshot) {
        commitMethods(snapshot);
        commitSlowCalls(snapshot);
        List<VcpuSteal> vcpus = snapshot.vcpus();
        if (vcpus != null && new VcpuEvent().isEnabled()) {
            for (VcpuSteal steal : vcpus) {
                VcpuEvent event = new VcpuEvent();
                event.fill(snapshot, steal);
                event.commit();
            }
        }
        IntervalEvent interval = new IntervalEvent();
        if (interval.isEnabled()) {
            interval.fill(snapshot);
            interval.commit();
        }
    }

    private static void commitMethods(IntervalSnapshot snapshot) {
        if (new MethodIntervalEvent().isEnabled()) {
            for (MethodInterval method : snapshot.methods()) {
                MethodIntervalEvent event = new MethodIntervalEvent();
                event.fill(snapshot, method);
                event.commit();
            }
        }
    }

    private static void commitSlowCalls(IntervalSnapshot snapshot) {
        if (!new SlowCallEvent().isEnabled()) {
            return;
        }
        for (MethodInterval method : snapshot.methods()) {
            Explanation explanation = method.explanation();
            for (SlowCall call : explanation == null ? List.<SlowCall>of() : explanation.slow()) {
                SlowCallEvent event = new SlowCallEvent();
                event.fill(method.name(), call);
                event.commit();
            }
        }
    }

    /** Waits a while for a Flight Recorder whose class is there: most are then being started. False if it is not. */
    static boolean awaitStart() throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_S);
        while (!isThere() && System.nanoTime() - endNs < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return isThere();
    }
}
