package io.vperf.export.hlog;

/** The beginning of a line that nobody can read, as it may be shown on a terminal. */
final class Shortened {

    private static final int SHOWN = 40;

    private Shortened() {}

    /** Bytes that are no ASCII text are shown as "?": they may be anything, and steer a terminal. */
    static String of(String line) {
        String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
