package io.vperf.bootstrap;

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

    @SuppressWarnings("NonAtomicVolatileUpdate") // see the field
    private static void suppress(ProbeHandler handler, Throwable error) {
        try {
            handler.suppressed(error);
        } catch (Throwable again) {
            unseen++; // the stack is full
        }
    }
}
