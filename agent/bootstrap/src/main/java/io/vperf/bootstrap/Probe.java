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

    private static final @Nullable ProbeHandler HANDLER = ProbeSlot.installed();

    /** Counted without a lock or a call, as neither may find room: some increments of several threads are lost. */
    private static volatile int unseen;

    private Probe() {}

    /** How many probes at least did nothing because not even an error could be passed on: the stack was full. */
    public static int unseen() {
        return unseen;
    }

    /** See {@link ProbeHandler#enter}. */
    public static @Nullable Object enter(int methodId) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return null;
        }
        try {
            return handler.enter(methodId);
        } catch (Throwable t) {
            suppress(handler, t);
            return null;
        }
    }

    /** See {@link ProbeHandler#enterConstructor}. */
    public static @Nullable Object enterConstructor(int methodId) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return null;
        }
        try {
            return handler.enterConstructor(methodId);
        } catch (Throwable t) {
            suppress(handler, t);
            return null;
        }
    }

    /** See {@link ProbeHandler#constructed}. */
    public static void constructed(@Nullable Object frame) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return;
        }
        try {
            handler.constructed(frame);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    /** See {@link ProbeHandler#exit}. */
    public static void exit(@Nullable Object frame, @Nullable Throwable thrown) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return;
        }
        try {
            handler.exit(frame, thrown);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    /** See {@link ProbeHandler#exitWithStage}. */
    public static void exitWithStage(@Nullable Object frame, @Nullable Object returned) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return;
        }
        try {
            handler.exitWithStage(frame, returned);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    /** See {@link ProbeHandler#exitWithoutStage}. */
    public static void exitWithoutStage(@Nullable Object frame, Throwable thrown) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return;
        }
        try {
            handler.exitWithoutStage(frame, thrown);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    /** See {@link ProbeHandler#exitWithPublisher}. */
    public static Flow.@Nullable Publisher<?> exitWithPublisher(
            @Nullable Object frame, Flow.@Nullable Publisher<?> returned) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return returned;
        }
        try {
            return handler.exitWithPublisher(frame, returned);
        } catch (Throwable t) {
            suppress(handler, t);
            return returned;
        }
    }

    /** See {@link ProbeHandler#enterRegion}. */
    public static long enterRegion(@Nullable String name) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return NOT_MEASURED;
        }
        try {
            return handler.enterRegion(name);
        } catch (Throwable t) {
            suppress(handler, t);
            return NOT_MEASURED;
        }
    }

    /** See {@link ProbeHandler#exitRegion}. */
    public static void exitRegion(long token) {
        ProbeHandler handler = HANDLER;
        if (handler == null || token < 0) {
            return;
        }
        try {
            handler.exitRegion(token);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    /** See {@link ProbeHandler#virtualNs}. */
    public static long virtualNs() {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return UNKNOWN;
        }
        try {
            return handler.virtualNs();
        } catch (Throwable t) {
            suppress(handler, t);
            return UNKNOWN;
        }
    }

    /** See {@link ProbeHandler#mounting}. Called by {@code java.lang.VirtualThread}. */
    public static void mounting(Thread virtual) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return;
        }
        try {
            handler.mounting(virtual);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    /** See {@link ProbeHandler#unmounted}. Called by {@code java.lang.VirtualThread}. */
    public static void unmounted(Thread virtual) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return;
        }
        try {
            handler.unmounted(virtual);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // see the field
    private static void suppress(ProbeHandler handler, Throwable error) {
        try {
            handler.suppressed(error);
        } catch (Throwable again) {
            unseen++; // the stack is full
        }
    }
}
