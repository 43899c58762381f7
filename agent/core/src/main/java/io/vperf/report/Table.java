package io.vperf.report;

/** Rows of the report's tables, which all have the same columns. */
final class Table {

    private static final int NAME_WIDTH = 13;
    private static final int VALUE_WIDTH = 11;

    private Table() {}

    static String row(String name, String... values) {
        StringBuilder row = new StringBuilder("  ");
        row.append(name).append(" ".repeat(NAME_WIDTH - name.length()));
        for (String value : values) {
            row.append(" ".repeat(Math.max(1, VALUE_WIDTH - value.length()))).append(value);
        }
        return row.toString();
    }
}
