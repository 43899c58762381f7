package io.vperf.health;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * vperf's own lines on stderr. Written to the process's file descriptor, never through {@code System.err} or a logging
 * framework: either may be replaced by the application, measured by vperf, or both.
 */
public final class Log {

    /** How much is said. */
    public enum Level {
        OFF,
        INFO,
        DEBUG
    }

    private static final int REMEMBERED = 256;

    private final PrintStream out;
    private final Level level;
    private final Set<String> saidOnce = ConcurrentHashMap.newKeySet();

    /** Set by who starts or ends a run, called by whoever says something meanwhile. */
    private volatile @Nullable Consumer<String> listener;

    public Log(PrintStream out, Level level) {
        this.out = out;
        this.level = level;
    }

    /** The process's stderr. */
    public static PrintStream stderr() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    /** The process's stdout. */
    public static PrintStream stdout() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    /** Gives each line to somebody else, too, whatever the level; null: to nobody any more. Called by any thread. */
    public void alsoTo(@Nullable Consumer<String> other) {
        listener = other;
    }

    public void info(String line) {
        Consumer<String> other = listener;
        if (other != null) {
            other.accept(line);
        }
        if (level != Level.OFF) {
            write("vperf: " + line + "\n");
        }
    }

    /** In one piece: others write to the same file. */
    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Says a line the first time its key is seen; of more than a few hundred keys the rest stay unsaid. */
    public void once(String key, String line) {
        if (saidOnce.size() < REMEMBERED && saidOnce.add(key)) {
            info(line);
        }
    }

    public void debug(String line) {
        if (level == Level.DEBUG) {
            write("vperf: [debug] " + line + "\n");
        }
    }

    void debug(String line, Throwable error) {
        if (level == Level.DEBUG) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            write("vperf: [debug] " + line + "\n" + trace);
        }
    }
}
