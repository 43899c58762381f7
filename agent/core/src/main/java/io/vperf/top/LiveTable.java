package io.vperf.top;

import io.vperf.report.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The table as lines of text, without a terminal's escapes.
 *
 * @param width of the lines in characters: columns are dropped where it is small, names cut; null: nothing is
 * @param lines for methods at most
 */
record LiveTable(@Nullable Integer width, int lines) {

    private static final int LEAST_NAME = 24;
    private static final String CUT = "…";

    /** Lines above the methods. */
    static final int HEAD = 4;

    /** Where the titles are. */
    static final int TITLES = 3;

    /** Those there is room for, the methods' names first. */
    List<Column> shown() {
        int room = width == null ? Column.values().length : (width - LEAST_NAME) / Column.WIDTH;
        List<Column> byRank = Arrays.stream(Column.values())
                .filter(column -> column != Column.METHOD)
                .sorted(Comparator.comparingInt(Column::rank))
                .limit(Math.max(0, room))
                .toList();
        return Arrays.stream(Column.values())
                .filter(column -> column == Column.METHOD || byRank.contains(column))
                .toList();
    }

    /**
     * Head and methods.
     *
     * @param nowMs since the epoch, by this machine's clock, as the other JVM's figures
     */
    List<String> text(Figures figures, Order order, long nowMs) {
        List<Row> rows = order.sorted(figures.rows());
        List<Column> columns = shown();
        int nameWidth = nameWidth(rows, columns.size() - 1);
        List<String> text = new ArrayList<>();
        text.add(cut("vperf top: process " + figures.pid() + ", " + printable(figures.state()) + ", "
                + Units.count(rows.size()) + (rows.size() == 1 ? " method " : " methods ") + order.told()
                + (rows.size() > lines ? ", " + Units.count(rows.size() - lines) + " of them below" : "")));
        text.add(cut(when(figures, nowMs)));
        text.add("");
        text.add(cut(titles(columns, nameWidth, order)));
        for (Row row : rows.subList(0, Math.min(lines, rows.size()))) {
            StringBuilder line = new StringBuilder(name(row.name(), nameWidth));
            for (Column column : columns.subList(1, columns.size())) {
                append(line, row.text(column));
            }
            text.add(cut(line.toString()));
        }
        return text;
    }

    private static String when(Figures figures, long nowMs) {
        Long startMs = figures.startMs();
        Long endMs = figures.endMs();
        Long intervalMs = figures.intervalMs();
        String each = intervalMs == null ? "" : ", one ends every " + seconds(intervalMs);
        if (endMs == null) {
            return "no interval has ended yet" + each + "; java -jar vperf.jar dump " + figures.pid() + " ends one";
        }
        String ago = "that ended " + seconds(Math.max(0, nowMs - endMs)) + " ago";
        String remark = figures.remark().isEmpty() ? "" : "; " + printable(figures.remark());
        if (!figures.whole()) {
            return "in the interval" + (startMs == null ? "" : " of " + seconds(endMs - startMs)) + " " + ago + each
                    + remark;
        }
        return (startMs == null ? "up to" : "since " + Units.time(startMs) + ", up to") + " the interval " + ago + each
                + remark;
    }

    private static String seconds(long ms) {
        return ms >= 99_950
                ? Units.count(Math.round(ms / 1e3)) + " s"
                : String.format(Locale.ROOT, "%.1f s", ms / (double) TimeUnit.SECONDS.toMillis(1));
    }

    private static String titles(List<Column> columns, int nameWidth, Order order) {
        StringBuilder line = new StringBuilder(name(title(Column.METHOD, order), nameWidth));
        for (Column column : columns.subList(1, columns.size())) {
            append(line, title(column, order) + " ");
        }
        return line.toString();
    }

    /** What the rows are sorted by has a star. */
    private static String title(Column column, Order order) {
        return (order.column() == column ? "*" : "") + column.title();
    }

    private static void append(StringBuilder line, String value) {
        line.append(" ".repeat(Math.max(1, Column.WIDTH - value.length()))).append(value);
    }

    private int nameWidth(List<Row> rows, int others) {
        int longest = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        return Math.max(LEAST_NAME, width == null ? longest : Math.min(longest, width - others * Column.WIDTH));
    }

    /** Padded. Arguments go first where there is no room, then packages. */
    private static String name(String name, int width) {
        String shown = printable(name);
        int arguments = shown.indexOf('(');
        if (shown.length() > width && arguments >= 0 && !shown.endsWith("()")) {
            shown = shown.substring(0, arguments) + "(" + CUT + ")" + shown.substring(shown.lastIndexOf(')') + 1);
        }
        if (shown.length() > width) {
            shown = CUT + shown.substring(shown.length() - width + 1);
        }
        return shown + " ".repeat(width - shown.length());
    }

    /** To fit. */
    String cut(String line) {
        String text = line.stripTrailing();
        return width == null || text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + CUT;
    }

    /** The application's words, on their way to a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
