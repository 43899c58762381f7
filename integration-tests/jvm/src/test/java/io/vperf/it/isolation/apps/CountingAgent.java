package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Another agent, whose transformer is measured: it runs whenever a class is loaded, inside vperf's own work too. */
public final class CountingAgent implements ClassFileTransformer {

    private static final AtomicLong CALLS = new AtomicLong();
    private static @Nullable Runnable remove;

    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        CountingAgent agent = new CountingAgent();
        instrumentation.addTransformer(agent, true);
        remove = () -> instrumentation.removeTransformer(agent);
    }

    /** Ends its work; returns how often it was called. */
    static long finish() throws InterruptedException {
        Runnable action = remove;
        if (action != null) {
            action.run();
        }
        Thread.sleep(500); // vperf's threads load classes, too: a call that is under way counts
        return CALLS.get();
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        look();
        return null;
    }

    @Measured
    private static void look() {
        CALLS.incrementAndGet();
    }
}
