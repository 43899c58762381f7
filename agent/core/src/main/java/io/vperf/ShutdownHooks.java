package io.vperf;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

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

    /** An exit never waits longer for vperf; a file system that hangs is nothing to wait for. */
    private static final long PATIENCE_MS = 10_000;

    private ShutdownHooks() {}

    /**
     * @param slots of the JDK, as the launcher has got hold of them
     * @param atOnce run when the JVM begins to shut down, beside the application's hooks
     * @param atEnd run when these have ended
     * @param log told when either takes too long
     */
    static void register(ObjIntConsumer<Runnable> slots, Runnable atOnce, Runnable atEnd, Consumer<String> log) {
        Runnable first = () -> runFor(atOnce, "vperf-last-but-one", log);
        Runnable last = () -> runFor(atEnd, "vperf-last", log);
        Runnable hook = registerLate(slots, last)
                ? first
                : () -> {
                    first.run();
                    last.run();
                };
        Runtime.getRuntime().addShutdownHook(new Thread(hook, "vperf-shutdown"));
    }

    /** In a thread of its own, so that the exit can go on without it. */
    private static void runFor(Runnable work, String name, Consumer<String> log) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        // System.exit brings its caller's thread here, which may be interrupted: that must not cut the wait short.
        boolean interrupted = false;
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        for (long leftNs = endNs - System.nanoTime(); thread.isAlive() && leftNs > 0; ) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            leftNs = endNs - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.accept("the last interval or the report is not written after " + PATIENCE_MS / 1000
                    + " s; the JVM ends without it");
        }
    }

    private static boolean registerLate(ObjIntConsumer<Runnable> slots, Runnable hook) {
        for (int slot = LAST_SLOT; slot >= FIRST_SLOT; slot--) {
            try {
                slots.accept(hook, slot);
                return true;
            } catch (InternalError taken) {
                // the next one may be free
            } catch (RuntimeException | LinkageError e) {
                return false;
            }
        }
        return false;
    }
}
