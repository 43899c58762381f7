package io.vperf.top;

import io.vperf.attach.RefusedException;
import io.vperf.report.Printable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tables one below another, without escapes: one for each interval that ends. */
final class PlainTables {

    private final Poll poll;
    private final LiveTable table;
    private final Order order;
    private final boolean whole;
    private final long periodMs;

    PlainTables(Poll poll, LiveTable table, Order order, boolean whole, long periodMs) {
        this.poll = poll;
        this.table = table;
        this.order = order;
        this.whole = whole;
        this.periodMs = periodMs;
    }

    /**
     * Prints them, the first of the latest interval that has ended already, if any has.
     *
     * @param count so many; null: until {@code below} takes no more, or the JVM ends
     * @param below what {@code out} writes to: it knows whether anybody reads
     * @throws RefusedException if there is nothing to be read any more, or one table is asked for and no interval has ended
     */
    void print(@Nullable Integer count, PrintWriter out, PrintStream below) throws RefusedException {
        @Nullable Long printedEndMs = null;
        int printed = 0;
        while ((count == null || printed < count) && !below.checkError()) {
            Figures figures = poll.read(whole);
            if (figures.isAnyInterval() && !Objects.equals(figures.endMs(), printedEndMs)) {
                printedEndMs = figures.endMs();
                print(table.text(figures, order, System.currentTimeMillis()), printed, out);
                printed++;
            } else if (count != null && count == 1) {
                throw new RefusedException(
                        "no interval has ended yet in process " + figures.pid() + ", where vperf is " + figures.state(),
                        "ask again later, or have it end one: java -jar vperf.jar dump " + figures.pid());
            } else if (!sleep()) {
                return;
            }
        }
    }

    private static void print(List<String> lines, int before, PrintWriter out) {
        out.print(before == 0 ? "" : System.lineSeparator());
        lines.forEach(line -> out.println(Printable.onStdout(line)));
        out.flush();
    }

    /** False if it is to end. */
    private boolean sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(periodMs);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
