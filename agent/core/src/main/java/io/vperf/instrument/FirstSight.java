package io.vperf.instrument;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a part of the JDK comes into use, by a class of it that is then loaded: so that vperf can offer itself to it without
 * being the one who loads it. Costs a comparison of names for each class that is loaded until then.
 */
public final class FirstSight implements ClassFileTransformer {

    private final Instrumentation instrumentation;
    private final String internalName;
    private final String threadName;
    private final Runnable then;
    private final AtomicBoolean seen = new AtomicBoolean();
    private volatile @Nullable Thread telling;

    private FirstSight(Instrumentation instrumentation, String internalName, String threadName, Runnable then) {
        this.instrumentation = instrumentation;
        this.internalName = internalName;
        this.threadName = threadName;
        this.then = then;
    }

    /**
     * Waits for a class of the JDK's, which may be loaded already.
     *
     * @param internalName with slashes
     * @param then called once, on a new daemon thread of that name: the one that loads the class holds locks; interrupted by
     *     {@link #close}
     */
    public static FirstSight await(
            Instrumentation instrumentation, String internalName, String threadName, Runnable then) {
        FirstSight sight = new FirstSight(instrumentation, internalName, threadName, then);
        instrumentation.addTransformer(sight, true);
        String name = internalName.replace('/', '.');
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().equals(name)) {
                sight.tell();
                break;
            }
        }
        return sight;
    }

    /** Nobody is to be told any more. Called by any thread. */
    public void close() {
        seen.set(true);
        instrumentation.removeTransformer(this);
        Thread thread = telling;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (internalName.equals(className)) {
            tell();
        }
        return null;
    }

    private void tell() {
        if (seen.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, threadName);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            telling = thread;
            thread.start();
        }
    }

    private void run() {
        instrumentation.removeTransformer(this);
        then.run();
    }
}
