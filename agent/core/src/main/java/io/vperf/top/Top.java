package io.vperf.top;

import io.vperf.attach.LiveBean;
import io.vperf.attach.RefusedException;
import io.vperf.report.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * The methods of another JVM, live.
 *
 * @param whole of the run since its start, or the last reset; else of the latest interval
 * @param periodMs how often to look whether an interval has ended
 * @param lines for methods at most
 */
public record Top(long pid, Order order, boolean whole, long periodMs, int lines) {

    /** The JVM's server for beans may have to be created there first, on a machine that is busy. */
    private static final long BEAN_PATIENCE_MS = 5_000;

    /**
     * On the terminal of this process, until the user ends it; what stood there last is printed then.
     *
     * @throws RefusedException if the other JVM cannot be looked at, or ends
     * @throws IOException if there is no terminal that can be used
     */
    public void onTerminal(PrintWriter out) throws RefusedException, IOException {
        try (LiveBean bean = LiveBean.connect(pid, BEAN_PATIENCE_MS)) {
            TopScreen screen = new TopScreen(new Poller(new Poll(pid, bean), whole, periodMs), order, lines);
            try {
                screen.run();
            } finally {
                screen.last().forEach(line -> out.println(Printable.onStdout(line)));
                out.flush();
            }
        }
    }

    /**
     * As plain text, a table for each interval.
     *
     * @param onTerminal whether its width is to be kept
     * @param count so many tables; null: without end
     * @param below what {@code out} writes to
     * @throws RefusedException if the other JVM cannot be looked at, or ends
     */
    public void plain(boolean onTerminal, @Nullable Integer count, PrintWriter out, PrintStream below)
            throws RefusedException {
        try (LiveBean bean = LiveBean.connect(pid, BEAN_PATIENCE_MS)) {
            LiveTable table = new LiveTable(onTerminal ? width() : null, lines);
            new PlainTables(new Poll(pid, bean), table, order, whole, periodMs).print(count, out, below);
        }
    }

    /** Null where it cannot be told. */
    private static @Nullable Integer width() {
        try {
            return Screen.columns();
        } catch (IOException e) {
            return null;
        }
    }
}
