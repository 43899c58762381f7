package io.vperf.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * The one class that instrumented byte code calls. Never throws: whatever goes wrong behind it, a stack overflow
 * included, stays here.
 */
public final class Probe {

    /** What {@link #enter} answers for a call that is not measured; {@link #exit} ignores it. */
    public static final int NOT_MEASURED = -1;

    private static final @Nullable ProbeHandler HANDLER = ProbeSlot.installed();

    private Probe() {}

    /** See {@link ProbeHandler#enter}. */
    public static int enter(int methodId) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return NOT_MEASURED;
        }
        try {
            return handler.enter(methodId);
        } catch (Throwable t) {
            suppress(handler, t);
            return NOT_MEASURED;
        }
    }

    /** See {@link ProbeHandler#enterConstructor}. */
    public static int enterConstructor(int methodId) {
        ProbeHandler handler = HANDLER;
        if (handler == null) {
            return NOT_MEASURED;
        }
        try {
            return handler.enterConstructor(methodId);
        } catch (Throwable t) {
            suppress(handler, t);
            return NOT_MEASURED;
        }
    }

    /** See {@link ProbeHandler#constructed}. */
    public static void constructed(int depth) {
        ProbeHandler handler = HANDLER;
        if (handler == null || depth < 0) {
            return;
        }
        try {
            handler.constructed(depth);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    /** See {@link ProbeHandler#exit}. */
    public static void exit(int depth, @Nullable Throwable thrown) {
        ProbeHandler handler = HANDLER;
        if (handler == null || depth < 0) {
            return;
        }
        try {
            handler.exit(depth, thrown);
        } catch (Throwable t) {
            suppress(handler, t);
        }
    }

    private static void suppress(ProbeHandler handler, Throwable error) {
        try {
            handler.suppressed(error);
        } catch (Throwable again) {
            // The stack is full. The frame that is now missing is counted when its caller's frame is closed.
        }
    }
}
