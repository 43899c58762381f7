package io.vperf.bootstrap;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The one class that instrumented byte code calls, the API's own included. Never throws: whatever goes wrong behind it, a stack overflow
 * included, stays here.
 */
public final class Probe {

    /** What {@link #enterRegion} answers for a region that is not measured; {@link #exitRegion} ignores it. */
    public static final long NOT_MEASURED = -1;

    /** What {@link #virtualNs} answers where nobody can tell. */
    public static final long UNKNOWN = -1;

    /**
     * Not volatile: code that calls probes is woven after a handler is installed, and rewritten after it is taken away; one that
     * runs meanwhile may see either.
     */
    private static @Nullable ProbeHandler handler;

    /** Counted without a lock or a call, as neither may find room: some increments of several threads are lost. */
    private static volatile int unseen;

    private Probe() {}

    /** Has probes call this handler from now on; null: nobody. */
    public static void install(@Nullable ProbeHandler to) {
        handler = to;
    }

    /** How many probes at least did nothing because not even an error could be passed on: the stack was full. */
    public static int unseen() {
        return unseen;
    }

    /** See {@link ProbeHandler#enter}. */
    public static @Nullable Object enter(int methodId) {
        ProbeHandler to = handler;
        if (to == null) {
            return null;
        }
        try {
            return to.enter(methodId);
        } catch (Throwable t) {
            suppress(to, t);
            return null;
        }
    }

    /** See {@link ProbeHandler#enterConstructor}. */
    public static @Nullable Object enterConstructor(int methodId) {
        ProbeHandler to = handler;
        if (to == null) {
            return null;
        }
        try {
            return to.enterConstructor(methodId);
        } catch (Throwable t) {
            suppress(to, t);
            return null;
        }
    }

    /** See {@link ProbeHandler#constructed}. */
    public static void constructed(@Nullable Object frame) {
        ProbeHandler to = handler;
        if (to == null) {
            return;
        }
        try {
            to.constructed(frame);
        } catch (Throwable t) {
            suppress(to, t);
        }
    }

    /** See {@link ProbeHandler#exit}. */
    public static void exit(@Nullable Object frame, @Nullable Throwable thrown) {
        ProbeHandler to = handler;
        if (to == null) {
            return;
        }
        try {
            to.exit(frame, thrown);
        } catch (Throwable t) {
            suppress(to, t);
        }
    }

    /** See {@link ProbeHandler#exitWithStage}. */
    public static void exitWithStage(@Nullable Object frame, @Nullable Object returned) {
        ProbeHandler to = handler;
        if (to == null) {
            return;
        }
        try {
            to.exitWithStage(frame, returned);
        } catch (Throwable t) {
            suppress(to, t);
        }
    }

    /** See {@link ProbeHandler#exitWithoutStage}. */
    public static void exitWithoutStage(@Nullable Object frame, Throwable thrown) {
        ProbeHandler to = handler;
        if (to == null) {
            return;
        }
        try {
            to.exitWithoutStage(frame, thrown);
        } catch (Throwable t) {
            suppress(to, t);
        }
    }

    /** See {@link ProbeHandler#exitWithPublisher}. */
    public static Flow.@Nullable Publisher<?> exitWithPublisher(
            @Nullable Object frame, Flow.@Nullable Publisher<?> returned) {
        ProbeHandler to = handler;
        if (to == null) {
            return returned;
        }
        try {
            return to.exitWithPublisher(frame, returned);
        } catch (Throwable t) {
            suppress(to, t);
            return returned;
        }
    }

    /** See {@link ProbeHandler#enterRegion}. */
    public static long enterRegion(@Nullable String name) {
        ProbeHandler to = handler;
        if (to == null) {
            return NOT_MEASURED;
        }
        try {
            return to.enterRegion(name);
        } catch (Throwable t) {
            suppress(to, t);
            return NOT_MEASURED;
        }
    }

    /** See {@link ProbeHandler#exitRegion}. */
    public static void exitRegion(long token) {
        ProbeHandler to = handler;
        if (to == null || token < 0) {
            return;
        }
        try {
            to.exitRegion(token);
        } catch (Throwable t) {
            suppress(to, t);
        }
    }

    /** See {@link ProbeHandler#virtualNs}. */
    public static long virtualNs() {
        ProbeHandler to = handler;
        if (to == null) {
            return UNKNOWN;
        }
        try {
            return to.virtualNs();
        } catch (Throwable t) {
            suppress(to, t);
            return UNKNOWN;
        }
    }

    /** See {@link ProbeHandler#mounting}. Called by {@code java.lang.VirtualThread}. */
    public static void mounting(Thread virtual) {
        ProbeHandler to = handler;
        if (to == null) {
            return;
        }
        try {
            to.mounting(virtual);
        } catch (Throwable t) {
            suppress(to, t);
        }
    }

    /** See {@link ProbeHandler#unmounted}. Called by {@code java.lang.VirtualThread}. */
    public static void unmounted(Thread virtual) {
        ProbeHandler to = handler;
        if (to == null) {
            return;
        }
        try {
            to.unmounted(virtual);
        } catch (Throwable t) {
            suppress(to, t);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // see the field
    private static void suppress(ProbeHandler to, Throwable error) {
        try {
            to.suppressed(error);
        } catch (Throwable again) {
            unseen++; // the stack is full
        }
    }
}
