package io.vperf.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * Where the agent leaves its handler before the first probe runs. {@link Probe} takes it once, when it initialises, into
 * a static final field, which the compiler then treats as a constant.
 */
public final class ProbeSlot {

    private static @Nullable ProbeHandler handler;

    private ProbeSlot() {}

    /**
     * Installs the handler; only the first one counts.
     *
     * @return whether {@code candidate} is the one in use
     */
    public static synchronized boolean install(ProbeHandler candidate) {
        if (handler == null) {
            handler = candidate;
        }
        return handler == candidate;
    }

    static synchronized @Nullable ProbeHandler installed() {
        return handler;
    }
}
