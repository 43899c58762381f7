package io.vperf.record;

import java.util.List;

/**
 * Exceptions that handlers of the JDK name on a probe's way. The JVM loads them when the first exception passes such a handler.
 * That may be a stack overflow, and then transformers of agents have no room to answer for the class: the JVM prints
 * ASSERTION FAILED, by java.lang.instrument. So they are loaded before.
 */
final class HandlerClasses {

    private static final List<String> NAMES = List.of(
            // Around an access to native memory by VarHandle; JDK 17, and later ones.
            "jdk.internal.misc.ScopedMemoryAccess$Scope$ScopedAccessError",
            "jdk.internal.misc.ScopedMemoryAccess$ScopedAccessError",
            // PrintStream's: not the probe's, but what an application that prints at the end of its stack comes upon.
            "java.io.InterruptedIOException");

    private HandlerClasses() {}

    static void load() {
        for (String name : NAMES) {
            try {
                Class.forName(name, false, null);
            } catch (ClassNotFoundException e) {
                // Another JDK's.
            }
        }
    }
}
