package io.vperf.record;

/** What people call a method or region, made fit for reports and dumps. */
public final class ReportedName {

    private static final int REPLACEMENT = 0xFFFD;

    private ReportedName() {}

    /** On one line and in valid Unicode, whatever it holds. */
    public static String oneLine(String name) {
        StringBuilder line = new StringBuilder(name.length());
        for (int at = 0; at < name.length(); ) {
            int c = name.codePointAt(at);
            line.appendCodePoint(printable(c));
            at += Character.charCount(c);
        }
        return line.toString();
    }

    /** A surrogate without its other half has no UTF-8: two names would become one in a file. */
    private static int printable(int c) {
        if (Character.isISOControl(c)) {
            return ' ';
        }
        return Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c;
    }
}
