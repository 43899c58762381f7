package io.vperf.top;

import io.vperf.attach.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Size;
import org.jspecify.annotations.Nullable;

/** The table on a terminal, drawn anew when figures have come, a key was pressed, or the terminal has another size. */
final class TopScreen {

    private static final String KEYS = "q ends, < and > choose the column, r reverses, a: ";

    /** For how long a key is waited for: what else has changed is drawn so late at most. */
    private static final long STEP_MS = 200;

    private final Poller poller;
    private final int mostLines;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private Order order;
    private List<String> drawn = List.of();

    /**
     * Not shown yet.
     *
     * @param mostLines for methods; the terminal may have room for less
     */
    TopScreen(Poller poller, Order order, int mostLines) {
        this.poller = poller;
        this.order = order;
        this.mostLines = mostLines;
    }

    /**
     * Runs until the user ends it.
     *
     * @throws RefusedException if the other JVM ends before, or cannot be read any more
     * @throws IOException if there is no terminal to be used
     */
    void run() throws IOException, RefusedException {
        try (Screen screen = Screen.open(() -> interrupted.set(true))) {
            poller.start();
            while (!interrupted.get()) {
                RefusedException failure = poller.failure();
                if (failure != null) {
                    throw failure;
                }
                List<Column> shown = draw(screen);
                switch (screen.key(STEP_MS)) {
                    case QUIT -> {
                        return;
                    }
                    case LEFT -> order = order.next(shown, -1);
                    case RIGHT -> order = order.next(shown, 1);
                    case REVERSE -> order = order.reverse();
                    case WHOLE -> poller.toggle();
                    case NONE -> {
                        // nothing was pressed, or nothing that means anything
                    }
                }
            }
        }
    }

    /** What stood on the screen last, without the line on keys; empty before the first figures. */
    List<String> last() {
        return drawn.isEmpty() ? drawn : drawn.subList(0, drawn.size() - 1);
    }

    /** Returns the columns that can be chosen. */
    private List<Column> draw(Screen screen) {
        Size size = screen.size();
        // One for the keys.
        int room = Math.max(0, size.getRows() - LiveTable.HEAD - 1);
        LiveTable table = new LiveTable(size.getColumns(), Math.min(mostLines, room));
        @Nullable Figures figures = poller.latest();
        if (figures != null) {
            List<String> lines = new ArrayList<>(table.text(figures, order, System.currentTimeMillis()));
            lines.add(table.cut(KEYS + (figures.whole() ? "latest interval" : "since the start")));
            if (!lines.equals(drawn)) {
                drawn = List.copyOf(lines);
                screen.draw(fitting(lines, size.getRows()), LiveTable.TITLES);
            }
        }
        return table.shown();
    }

    private static List<String> fitting(List<String> lines, int rows) {
        return lines.subList(0, Math.min(lines.size(), rows));
    }
}
