package io.vperf.report;

/** Rows of the report's tables, which all have the same columns. */
public final class Table {

    private static final int NAME_WIDTH = 13;
    private static final int VALUE_WIDTH = 11;

    private Table() {}

    public static String row(String name, String... values) {
        StringBuilder row = new StringBuilder("  ").append(name);
        int end = 2 + NAME_WIDTH; // a longer name takes room of the first values
        row.append(" ".repeat(Math.max(0, end - row.length())));
        for (String value : values) {
            end += VALUE_WIDTH;
            row.append(" ".repeat(Math.max(1, end - row.length() - value.length())))
                    .append(value);
        }
        return row.toString();
    }
}
