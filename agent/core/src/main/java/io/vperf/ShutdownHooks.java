package io.vperf;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Runs vperf's last work after the application's own shutdown hooks have ended: a service that is told to stop goes on
 * serving from a hook, often for longer than it takes to start one. The JDK ends the application's hooks together and then
 * runs its own, by slot ({@code java.lang.Shutdown}); one of those slots is what vperf asks for. Where it is not to be had,
 * vperf's work is an ordinary hook, beside the application's.
 */
final class ShutdownHooks {

    /** Slots 0 to 2 are the console's, the application hooks' and DeleteOnExit's; there are ten. */
    private static final int LAST_SLOT = 9;

    private static final int FIRST_SLOT = 3;

    private ShutdownHooks() {}

    /**
     * @param atOnce run when the JVM begins to shut down, beside the application's hooks
     * @param atEnd run when these have ended
     */
    static void register(Runnable atOnce, Runnable atEnd) {
        boolean late = registerLate(atEnd);
        Runnable hook = late
                ? atOnce
                : () -> {
                    atOnce.run();
                    atEnd.run();
                };
        Runtime.getRuntime().addShutdownHook(new Thread(hook, "vperf-shutdown"));
    }

    private static boolean registerLate(Runnable hook) {
        try {
            Object access = Class.forName("jdk.internal.access.SharedSecrets")
                    .getMethod("getJavaLangAccess")
                    .invoke(null);
            Method register = Class.forName("jdk.internal.access.JavaLangAccess")
                    .getMethod("registerShutdownHook", int.class, boolean.class, Runnable.class);
            for (int slot = LAST_SLOT; slot >= FIRST_SLOT; slot--) {
                try {
                    register.invoke(access, slot, false, hook);
                    return true;
                } catch (InvocationTargetException taken) {
                    // the next one may be free
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
        return false;
    }
}
