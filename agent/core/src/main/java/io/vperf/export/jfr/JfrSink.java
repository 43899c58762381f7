package io.vperf.export.jfr;

import io.vperf.export.SnapshotSink;
import io.vperf.health.Health;
import io.vperf.record.IntervalSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Passes intervals on to the Flight Recorder, if there ever is one. Until its class is seen in the JVM nothing of jdk.jfr is touched:
 * asking it whether a recording runs would load it.
 */
public final class JfrSink implements SnapshotSink {

    /** What the JVM loads when the Flight Recorder is started, on the command line, by jcmd or by the application; with slashes. */
    public static final String SIGN = "jdk/jfr/FlightRecorder";

    private final Runnable endInterval;
    private final Health health;
    private volatile boolean seen;

    /** Written under this. */
    private volatile boolean registered;

    /** Null before it is registered. */
    private @Nullable Runnable beforeChunkEnds;

    private boolean refused;

    /**
     * Does nothing yet.
     *
     * @param endInterval may be called by any thread, and before there is an interval
     */
    public JfrSink(Runnable endInterval, Health health) {
        this.endInterval = endInterval;
        this.health = health;
    }

    /** Whether this JVM has the module; images made by jlink may be without. */
    public static boolean isPossible() {
        return ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    }

    /** Its class is being loaded. Called once, on a thread of its own, as the Flight Recorder takes a while to start. */
    public void seen() {
        seen = true;
        try {
            if (JfrEvents.awaitStart()) {
                register();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // looked for again at the interval's end
        } catch (Throwable t) {
            refuse(t);
        }
    }

    private synchronized void register() {
        if (!registered && !refused) {
            Runnable hook = () -> JfrEvents.await(endInterval);
            JfrEvents.register(hook);
            beforeChunkEnds = hook;
            registered = true;
        }
    }

    private synchronized void refuse(Throwable t) {
        refused = true;
        health.suppress("making events known to the Flight Recorder", t);
    }

    @Override
    public void accept(IntervalSnapshot snapshot) {
        if (seen && !registered && JfrEvents.isThere()) {
            try {
                register();
            } catch (RuntimeException | LinkageError e) {
                refuse(e);
            }
        }
        if (registered) {
            JfrEvents.commit(snapshot);
        }
    }

    /** At the JVM's end nothing is left to do: the Flight Recorder has ended before. */
    @Override
    public void finish() {}

    /** Takes the events away again. Called by any thread, after the last interval. */
    public synchronized void close() {
        seen = false;
        refused = true;
        Runnable hook = beforeChunkEnds;
        if (registered && hook != null) {
            registered = false;
            try {
                JfrEvents.unregister(hook);
            } catch (RuntimeException | LinkageError e) {
                health.suppress("taking events away from the Flight Recorder", e);
            }
        }
    }
}
