package io.vperf.instrument;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of the class that a loader gets which does not find the real probe: renamed to {@code
 * io.vperf.bootstrap.Probe} and defined in that loader by {@link ProbeVisibility}. Uses nothing but java.base. The handles
 * are static and final, so compiled code calls the real probe directly.
 */
public final class ProbeBridge {

    private static final MethodHandle ENTER;
    private static final MethodHandle ENTER_CONSTRUCTOR;
    private static final MethodHandle CONSTRUCTED;
    private static final MethodHandle EXIT;
    private static final MethodHandle EXIT_WITH_STAGE;
    private static final MethodHandle EXIT_WITHOUT_STAGE;
    private static final MethodHandle EXIT_WITH_PUBLISHER;
    private static final MethodHandle ENTER_REGION;
    private static final MethodHandle EXIT_REGION;
    private static final MethodHandle VIRTUAL_NS;

    static {
        try {
            // A string: renaming the class leaves it alone.
            Class<?> probe = Class.forName("io.vperf.bootstrap.Probe", true, null);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            ENTER = lookup.findStatic(probe, "enter", MethodType.methodType(Object.class, int.class));
            ENTER_CONSTRUCTOR =
                    lookup.findStatic(probe, "enterConstructor", MethodType.methodType(Object.class, int.class));
            CONSTRUCTED = lookup.findStatic(probe, "constructed", MethodType.methodType(void.class, Object.class));
            EXIT = lookup.findStatic(probe, "exit", MethodType.methodType(void.class, Object.class, Throwable.class));
            EXIT_WITH_STAGE = lookup.findStatic(
                    probe, "exitWithStage", MethodType.methodType(void.class, Object.class, Object.class));
            EXIT_WITHOUT_STAGE = lookup.findStatic(
                    probe, "exitWithoutStage", MethodType.methodType(void.class, Object.class, Throwable.class));
            EXIT_WITH_PUBLISHER = lookup.findStatic(
                    probe,
                    "exitWithPublisher",
                    MethodType.methodType(Flow.Publisher.class, Object.class, Flow.Publisher.class));
            ENTER_REGION = lookup.findStatic(probe, "enterRegion", MethodType.methodType(long.class, String.class));
            EXIT_REGION = lookup.findStatic(probe, "exitRegion", MethodType.methodType(void.class, long.class));
            VIRTUAL_NS = lookup.findStatic(probe, "virtualNs", MethodType.methodType(long.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ProbeBridge() {}

    /** As in the real probe. */
    public static @Nullable Object enter(int methodId) {
        try {
            return (Object) ENTER.invokeExact(methodId);
        } catch (Throwable t) {
            return null; // the stack is full; the real probe throws nothing
        }
    }

    /** As in the real probe. */
    public static @Nullable Object enterConstructor(int methodId) {
        try {
            return (Object) ENTER_CONSTRUCTOR.invokeExact(methodId);
        } catch (Throwable t) {
            return null;
        }
    }

    /** As in the real probe. */
    public static void constructed(@Nullable Object frame) {
        try {
            CONSTRUCTED.invokeExact(frame);
        } catch (Throwable t) {
            // As below.
        }
    }

    /** As in the real probe. */
    public static void exit(@Nullable Object frame, @Nullable Throwable thrown) {
        try {
            EXIT.invokeExact(frame, thrown);
        } catch (Throwable t) {
            // The stack is full; the frame is counted as lost when its caller's is closed.
        }
    }

    /** As in the real probe. */
    public static void exitWithStage(@Nullable Object frame, @Nullable Object returned) {
        try {
            EXIT_WITH_STAGE.invokeExact(frame, returned);
        } catch (Throwable t) {
            // As above.
        }
    }

    /** As in the real probe. */
    public static void exitWithoutStage(@Nullable Object frame, Throwable thrown) {
        try {
            EXIT_WITHOUT_STAGE.invokeExact(frame, thrown);
        } catch (Throwable t) {
            // As above.
        }
    }

    /** As in the real probe. */
    public static Flow.@Nullable Publisher<?> exitWithPublisher(
            @Nullable Object frame, Flow.@Nullable Publisher<?> returned) {
        try {
            return (Flow.Publisher<?>) EXIT_WITH_PUBLISHER.invokeExact(frame, returned);
        } catch (Throwable t) {
            return returned;
        }
    }

    /** As in the real probe. */
    public static long enterRegion(@Nullable String name) {
        try {
            return (long) ENTER_REGION.invokeExact(name);
        } catch (Throwable t) {
            return -1;
        }
    }

    /** As in the real probe. */
    public static void exitRegion(long token) {
        try {
            EXIT_REGION.invokeExact(token);
        } catch (Throwable t) {
            // As above.
        }
    }

    /** As in the real probe. */
    public static long virtualNs() {
        try {
            return (long) VIRTUAL_NS.invokeExact();
        } catch (Throwable t) {
            return -1;
        }
    }
}
