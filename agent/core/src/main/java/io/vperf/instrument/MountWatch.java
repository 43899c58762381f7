package io.vperf.instrument;

import io.vperf.bootstrap.Probe;
import io.vperf.health.Health;
import io.vperf.record.CarrierAccess;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the JDK tell the probe of every mount of a virtual thread. That takes some 20 ms and rewrites a class of java.base, so it
 * is done only when there is both: a measured class, and a virtual thread about to be made. The latter shows by a class that the
 * JDK loads then and not before: not the one of its continuation, which the JVM's verifier asks for as it looks at what
 * was rewritten, and would find in the midst of being loaded, but the one that the continuation's constructor makes.
 */
public final class MountWatch implements ClassFileTransformer {

    private static final String FIRST_MADE = MountWeaver.CLASS + "$VThreadContinuation$1";

    private static final int FIRST_FEATURE = 21;

    /** Whoever needs the class waits for it in the midst of loading another, and may hold what some other agent waits for. */
    private static final long PATIENCE_MS = 2_000;

    private final Instrumentation instrumentation;
    private final Health health;
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile boolean virtualThreads;
    private volatile @Nullable Consumer<CarrierAccess> follower;
    private volatile boolean woven;
    private volatile @Nullable Thread watching;

    public MountWatch(Instrumentation instrumentation, Health health) {
        this.instrumentation = instrumentation;
        this.health = health;
    }

    /** Looks out for virtual threads; where there are none in this JDK, for nothing. */
    void install(Class<?>[] loaded) {
        if (Runtime.version().feature() < FIRST_FEATURE) {
            return;
        }
        instrumentation.addTransformer(this, true);
        for (Class<?> c : loaded) {
            virtualThreads |=
                    c.getClassLoader() == null && c.getName().replace('.', '/').equals(FIRST_MADE);
        }
        watchIfNeeded();
    }

    /**
     * Probes have something to call from now on.
     *
     * @param told when mounts are, at once or later, by any thread; not at all if that cannot be
     */
    public void begin(Consumer<CarrierAccess> told) {
        follower = told;
        watchIfNeeded();
    }

    /** Gives the JDK's class its own code back. */
    void uninstall() {
        follower = null;
        boolean begun = done.getAndSet(true);
        instrumentation.removeTransformer(this);
        Thread thread = watching;
        if (thread != null) {
            join(thread); // it may be having the class rewritten
        }
        if (!begun || !woven) {
            return;
        }
        try {
            instrumentation.retransformClasses(Class.forName(MountWeaver.CLASS.replace('/', '.'), false, null));
        } catch (UnmodifiableClassException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            health.suppress("taking the probes out of " + MountWeaver.CLASS, e);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (loader != null || internalName == null || !internalName.startsWith(MountWeaver.CLASS)) {
            return null;
        }
        if (internalName.equals(FIRST_MADE)) {
            virtualThreads = true;
            watchIfNeeded();
        }
        return internalName.equals(MountWeaver.CLASS) && done.get() ? weave(classFile) : null;
    }

    /** The JVM asks again whenever any agent has the class transformed. */
    private byte @Nullable [] weave(byte[] classFile) {
        try {
            byte[] told = MountWeaver.weave(classFile);
            woven = told != null;
            return told;
        } catch (RuntimeException | LinkageError e) {
            health.suppress("rewriting " + MountWeaver.CLASS, e);
            woven = false;
            return null;
        }
    }

    private void watchIfNeeded() {
        Consumer<CarrierAccess> told = follower;
        if (virtualThreads && told != null && done.compareAndSet(false, true)) {
            // The JVM shows no class to an agent that is being shown one, which is what the calling thread does.
            Thread thread = new Thread(null, () -> watch(told), "vperf-mounts", 0, false);
            thread.setDaemon(true);
            watching = thread;
            thread.start();
            join(thread); // if in vain: calls until it is done are refused
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Consumer<CarrierAccess> told) {
        try {
            CarrierAccess access = CarrierAccessClass.get();
            int unseen = Probe.unseen(); // initialises the probe here, not in the midst of the JDK's scheduler
            Class<?> rewritten = Class.forName(MountWeaver.CLASS.replace('/', '.'), false, null);
            instrumentation.retransformClasses(rewritten);
            if (woven && unseen >= 0) {
                told.accept(access);
            } else {
                refuse("the code of this JDK's " + rewritten.getName() + " is not as expected");
            }
        } catch (UnmodifiableClassException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            refuse(e.toString());
        }
    }

    private void refuse(String why) {
        health.tellLater("CPU time of calls on virtual threads is refused: " + why);
    }
}
