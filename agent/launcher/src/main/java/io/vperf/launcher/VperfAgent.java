package io.vperf.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters: at start ({@code -javaagent}) on the main thread, or attached later on the attach thread.
 * Catches everything: an application never fails to start because of vperf.
 */
public final class VperfAgent {

    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private VperfAgent() {}

    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    private static void start(@Nullable String arguments, Instrumentation instrumentation) {
        if (!STARTED.compareAndSet(false, true)) {
            say("already running in this JVM; this second start (options: "
                    + (arguments == null ? "none" : arguments)
                    + ") is ignored. Give -javaagent:vperf.jar once.");
            return;
        }
        try {
            String missing = HeapRoom.missing();
            if (missing != null) {
                STARTED.set(false);
                say("not started, the application runs on without it: " + missing);
                return;
            }
            JdkDoors doors = JdkDoors.open(instrumentation);
            Path jar = OwnJar.path();
            JdkDoors.defineOnBootLoader(jar, instrumentation);
            Core core = Core.open(jar, doors);
            doors.letIn(core.module());
            Object running = core.call(
                    "io.vperf.Vperf",
                    "start",
                    new Class<?>[] {Instrumentation.class, String.class, ObjIntConsumer.class},
                    instrumentation,
                    arguments == null ? "" : arguments,
                    (ObjIntConsumer<Runnable>) JdkInternals::atShutdown);
            // Refused for its options: another start may follow, with better ones.
            STARTED.set(Boolean.TRUE.equals(running));
        } catch (Throwable t) {
            say("not started, the application runs on without it: " + rootCause(t));
        }
    }

    private static Throwable rootCause(Throwable t) {
        Throwable cause = t;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Writes to the process's own stderr, whatever the application has put in System.err; an exception would end the JVM. */
    private static void say(String line) {
        String text = "vperf: " + line;
        try {
            // Not closed: that would close the process's stderr.
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8).println(text);
        } catch (SecurityException e) {
            System.err.println(text);
        }
    }
}
