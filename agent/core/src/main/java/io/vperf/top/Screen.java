package io.vperf.top;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;

/**
 * The terminal while a table is on it: without echo, each key at once, on its second screen where it has one. Put back by {@link
 * #close()}, or by a hook of the JVM's when a signal ends it. JLine drives it by {@code stty}, so that no native code is loaded.
 */
final class Screen implements AutoCloseable {

    private static final Size USUAL = new Size(80, 24);

    private final Terminal terminal;
    private final Attributes before;
    private final String leaving;
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private Size size = USUAL;
    private final Thread atSignal = new Thread(this::leave, "vperf-top-end");

    private Screen(Terminal terminal) {
        this.terminal = terminal;
        this.before = terminal.enterRawMode();
        this.leaving = text(terminal, Capability.enter_am_mode)
                + text(terminal, Capability.cursor_normal)
                + text(terminal, Capability.exit_ca_mode);
    }

    /**
     * Takes the terminal of this process.
     *
     * @param interrupted called on a thread of the JVM's when the user presses Ctrl-C
     * @throws IOException if it has none, it cannot move its cursor, or {@code stty} is missing
     */
    static Screen open(Runnable interrupted) throws IOException {
        Terminal terminal = terminal();
        if (terminal.getStringCapability(Capability.cursor_home) == null) {
            terminal.close();
            throw new IOException("TERM=" + terminal.getType() + " cannot move its cursor");
        }
        Screen screen = new Screen(terminal);
        terminal.handle(Signal.INT, signal -> interrupted.run());
        terminal.handle(Signal.WINCH, signal -> screen.resized.set(true));
        terminal.handle(Signal.TSTP, signal -> {
            // a stopped program could not put the terminal back
        });
        Runtime.getRuntime().addShutdownHook(screen.atSignal);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.puts(Capability.exit_am_mode);
        terminal.puts(Capability.clear_screen);
        return screen;
    }

    private static Terminal terminal() throws IOException {
        // JLine looks for its providers there, and this thread's own sees the launcher only.
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(Screen.class.getClassLoader());
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .provider("exec")
                    .dumb(false)
                    .nativeSignals(true)
                    .build();
        } catch (IllegalStateException e) {
            throw new IOException("the programs tty and stty say nothing of it, or are missing", e);
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** How many columns this process's terminal has; throws where {@link #open} does for lack of one. */
    static int columns() throws IOException {
        try (Terminal terminal = terminal()) {
            return sizeOf(terminal).getColumns();
        }
    }

    /** Asked anew, which starts a process, only once the terminal has said that it has another. */
    Size size() {
        if (resized.compareAndSet(true, false)) {
            size = sizeOf(terminal);
        }
        return size;
    }

    /** A pseudo terminal that nobody has given a size has none. */
    private static Size sizeOf(Terminal terminal) {
        Size size = terminal.getSize();
        return size.getColumns() > 0 && size.getRows() > 0 ? size : USUAL;
    }

    /**
     * Writes over what is there.
     *
     * @param inverse which of the lines stands out
     */
    void draw(List<String> lines, int inverse) {
        terminal.puts(Capability.cursor_home);
        for (int i = 0; i < lines.size(); i++) {
            terminal.writer().print(i == 0 ? "" : "\r\n");
            if (i == inverse) {
                terminal.puts(Capability.enter_reverse_mode);
            }
            terminal.writer().print(lines.get(i));
            if (i == inverse) {
                terminal.puts(Capability.exit_attribute_mode);
            }
            terminal.puts(Capability.clr_eol);
        }
        terminal.puts(Capability.clr_eos);
        terminal.flush();
    }

    /** A key within so many milliseconds, or {@link Key#NONE}. */
    Key key(long withinMs) throws IOException {
        return Key.read(terminal.reader(), withinMs);
    }

    /** Not by way of JLine: it has a hook of its own, which puts echo back, and takes nothing any more after that. */
    private void leave() {
        if (left.compareAndSet(false, true)) {
            System.out.print(leaving);
            System.out.flush();
        }
    }

    private static String text(Terminal terminal, Capability capability) {
        String text = terminal.getStringCapability(capability);
        return text == null ? "" : Curses.tputs(text);
    }

    @Override
    public void close() throws IOException {
        terminal.flush();
        leave();
        terminal.setAttributes(before);
        try {
            Runtime.getRuntime().removeShutdownHook(atSignal);
        } catch (IllegalStateException e) {
            // it is running
        }
        terminal.close();
    }
}
