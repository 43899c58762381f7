package io.vperf.config;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The path of a dump from its pattern: {@code %h}, {@code %p}, {@code %t} and {@code %%}. Pure. */
public final class DumpPath {

    private DumpPath() {}

    /**
     * Replaces the place holders of a pattern.
     *
     * @param pattern a value of the option {@code dump}
     * @param host for {@code %h}; characters that could lead into another folder become {@code _}
     * @param pid for {@code %p}
     * @param start for {@code %t}, written in UTC as {@code yyyyMMdd'T'HHmmss}
     * @throws IllegalArgumentException for a place holder that does not exist; {@link ConfigReader} lets none through
     */
    public static String expand(String pattern, String host, long pid, Instant start) {
        try {
            check(pattern);
        } catch (WrongValueException e) {
            throw new IllegalArgumentException("dump pattern '" + pattern + "': " + e.getMessage(), e);
        }
        StringBuilder path = new StringBuilder(pattern.length() + 64);
        int from = 0;
        for (int i = pattern.indexOf('%'); i >= 0; i = pattern.indexOf('%', from)) {
            path.append(pattern, from, i);
            switch (pattern.charAt(i + 1)) {
                case 'h' -> appendHost(path, host);
                case 'p' -> path.append(pid);
                case 't' -> appendTime(path, start);
                default -> path.append('%');
            }
            from = i + 2;
        }
        return path.append(pattern, from, pattern.length()).toString();
    }

    static void check(String pattern) throws WrongValueException {
        for (int i = pattern.indexOf('%'); i >= 0; i = pattern.indexOf('%', i + 2)) {
            if (i + 1 == pattern.length()) {
                throw new WrongValueException("a single percent sign at the end, double it");
            }
            char name = pattern.charAt(i + 1);
            if (name != 'h' && name != 'p' && name != 't' && name != '%') {
                throw new WrongValueException("unknown place holder '%" + name
                        + "', use %h (host), %p (process id), %t (start time) or %% (a percent sign)");
            }
        }
    }

    private static void appendHost(StringBuilder path, String host) {
        boolean afterPlain = false;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            // "a.b" is what most hosts look like, but one called ".." must not climb.
            path.append(plain || (c == '.' && afterPlain) ? c : '_');
            afterPlain = plain;
        }
    }

    /** By hand: a DateTimeFormatter costs tens of milliseconds on its first use. */
    private static void appendTime(StringBuilder path, Instant start) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(start.getEpochSecond(), 0, ZoneOffset.UTC);
        appendTwo(path, time.getYear() / 100);
        appendTwo(path, time.getYear() % 100);
        appendTwo(path, time.getMonthValue());
        appendTwo(path, time.getDayOfMonth());
        path.append('T');
        appendTwo(path, time.getHour());
        appendTwo(path, time.getMinute());
        appendTwo(path, time.getSecond());
    }

    private static void appendTwo(StringBuilder path, int number) {
        if (number < 10) {
            path.append('0');
        }
        path.append(number);
    }
}
