package io.vperf.record;

import io.vperf.shim.LibC;
import io.vperf.shim.Natives;
import java.lang.reflect.Proxy;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Interrupts native threads by SIGWINCH, which nobody uses here. Ignored unless somebody handles it, and an ignored signal
 * interrupts nobody; so the JVM is asked to handle it. By reflection: the compiler warns of sun.misc.
 */
final class Signals {

    private static final int SIGWINCH = 28;
    private static final boolean X86 = System.getProperty("os.arch", "").equals("amd64");
    private static final long TGKILL = X86 ? 234 : 131;
    private static final long GETTID = X86 ? 186 : 178;

    private final LibC libc;
    private final AtomicLong handled = new AtomicLong();
    private final long process = ProcessHandle.current().pid();

    Signals(Natives natives) {
        libc = natives.libc();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object counting = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        handled.incrementAndGet();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), counting);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no signals here", e);
        }
    }

    /** How many have interrupted a thread, at least: the JVM takes several at once for one. */
    long handled() {
        return handled.get();
    }

    /** The calling native thread. */
    long self() {
        return libc.syscall(GETTID, 0, 0, 0, 0, 0, 0);
    }

    /** To one of these threads; one that has ended meanwhile misses it. */
    boolean send(long[] threads) {
        long thread = threads[ThreadLocalRandom.current().nextInt(threads.length)];
        return thread != 0 && libc.syscall(TGKILL, process, thread, SIGWINCH, 0, 0, 0) == 0;
    }
}
