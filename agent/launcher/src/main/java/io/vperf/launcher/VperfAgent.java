package io.vperf.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters: at start ({@code -javaagent}) on the main thread, or attached later on the attach thread.
 * Catches everything: an application never fails to start because of vperf.
 */
public final class VperfAgent {

    private static final Class<?>[] START = {Instrumentation.class, String.class, ObjIntConsumer.class};
    private static final Class<?>[] ATTACH = {Instrumentation.class, String.class, ObjIntConsumer.class, List.class};

    private static boolean running;
    private static @Nullable Core core;

    private VperfAgent() {}

    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments == null ? "" : arguments, instrumentation);
    }

    /** Options, or what {@code java -jar vperf.jar attach}, {@code detach} and {@code dump} send: see {@link Request}. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        Request request = Request.read(arguments == null ? "" : arguments);
        if (request == null) {
            start(arguments == null ? "" : arguments, instrumentation);
            return;
        }
        List<String> told = new ArrayList<>();
        request.answer(instrumentation, answer(request, instrumentation, told), told);
    }

    /** Why it cannot be done; empty if it is. */
    private static List<String> answer(Request request, Instrumentation instrumentation, List<String> told) {
        String version = VperfAgent.class.getPackage().getImplementationVersion();
        if (version != null && !version.equals(request.version())) { // null on the boot class path
            return List.of("this is vperf " + request.version() + ", and version " + version
                    + " is in that JVM already: use its vperf.jar, or restart the JVM");
        }
        return switch (request.what()) {
            case "detach" -> detach();
            case "dump" -> dump(told);
            default -> attach(request.options(), instrumentation, told);
        };
    }

    /** Why vperf does not run now, or did before; each line has been told on stderr. Empty if this has started it. */
    private static synchronized List<String> start(String options, Instrumentation instrumentation) {
        if (running) {
            return say("already running in this JVM; this second start (options: "
                    + (options.isEmpty() ? "none" : options)
                    + ") is ignored. Give -javaagent:vperf.jar once.");
        }
        return start(options, instrumentation, null);
    }

    /** A second start is for who asks, and not for the application's stderr. */
    private static synchronized List<String> attach(
            String options, Instrumentation instrumentation, List<String> told) {
        return running
                ? List.of("already running in that JVM, and this start is ignored; java -jar vperf.jar detach "
                        + ProcessHandle.current().pid() + " has it leave, so that it can be started with other options")
                : start(options, instrumentation, told);
    }

    /**
     * Not while it runs.
     *
     * @param told gets what there is to say of the start, in lines; null: nobody waits for it
     */
    private static List<String> start(String options, Instrumentation instrumentation, @Nullable List<String> told) {
        try {
            String missing = HeapRoom.missing();
            if (missing != null) {
                return say("not started, the application runs on without it: " + missing);
            }
            ObjIntConsumer<Runnable> atShutdown = JdkInternals::atShutdown;
            Core loaded = core(instrumentation);
            List<?> refused = (List<?>)
                    (told == null
                            ? loaded.call("io.vperf.Vperf", "start", START, instrumentation, options, atShutdown)
                            : loaded.call(
                                    "io.vperf.Vperf", "attach", ATTACH, instrumentation, options, atShutdown, told));
            // Refused for its options: another start may follow, with better ones.
            running = refused.isEmpty();
            return refused.stream().map(String::valueOf).toList();
        } catch (Throwable t) {
            running = true; // some of it may be there
            return say("not started, the application runs on without it: " + rootCause(t));
        }
    }

    private static Core core(Instrumentation instrumentation) throws Exception {
        Core loaded = core;
        if (loaded == null) {
            JdkDoors doors = JdkDoors.open(instrumentation);
            Path jar = OwnJar.path();
            JdkDoors.defineOnBootLoader(jar, instrumentation);
            loaded = Core.open(jar, doors);
            doors.letIn(loaded.module());
            core = loaded;
        }
        return loaded;
    }

    private static synchronized List<String> detach() {
        Core loaded = core;
        if (!running || loaded == null) {
            return List.of("not running in this JVM");
        }
        try {
            List<?> left = (List<?>) loaded.call("io.vperf.Vperf", "detach", new Class<?>[0]);
            running = false;
            return left.stream().map(String::valueOf).toList();
        } catch (Throwable t) {
            return say("not detached in full: " + rootCause(t));
        }
    }

    /** A refusal is for who asks, and not for the application's stderr. */
    private static synchronized List<String> dump(List<String> files) {
        Core loaded = core;
        if (!running || loaded == null) {
            return List.of("vperf is not running in that JVM; java -jar vperf.jar attach starts it there");
        }
        try {
            List<?> written = (List<?>) loaded.call("io.vperf.Vperf", "dump", new Class<?>[0]);
            written.forEach(file -> files.add(String.valueOf(file)));
            return List.of();
        } catch (IllegalStateException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (Throwable t) {
            return say("the interval was not written: " + rootCause(t));
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
    private static List<String> say(String line) {
        String text = "vperf: " + line;
        try {
            // Not closed: that would close the process's stderr.
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8).println(text);
        } catch (SecurityException e) {
            System.err.println(text);
        }
        return List.of(line);
    }
}
