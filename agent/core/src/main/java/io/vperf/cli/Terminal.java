package io.vperf.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** A person who waits. */
final class Terminal {

    private static final int WIDTH = 100;

    private Terminal() {}

    /** Whether standard input and output are a terminal. From JDK 22 on there is a console without one. */
    @SuppressWarnings("SystemConsoleNull") // before JDK 22 it does return null
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** One line that is written over by the next text; an empty text removes it. */
    static Consumer<String> progress(PrintWriter out) {
        return text -> {
            String shown = text.length() < WIDTH ? text : text.substring(0, WIDTH);
            out.print("\r" + shown + " ".repeat(WIDTH - shown.length()) + "\r");
            out.flush();
        };
    }
}
