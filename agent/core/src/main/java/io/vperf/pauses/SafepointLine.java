package io.vperf.pauses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the JVM's log with the tag {@code safepoint}, level {@code info} and the decoration {@code timenanos}:
 *
 * <pre>[78349165895163ns] Safepoint "ThreadDump", Time since last:    8547971 ns, Reaching safepoint:       4237 ns, At
 * safepoint:      68621 ns, Leaving safepoint:       1553 ns, Total:      74411 ns, Threads:        0 runnable,       11 total</pre>
 *
 * <p>There is one for every safepoint since JDK 13; versions differ in what stands between {@code Reaching} and {@code Total}. Written
 * by {@code SafepointTracing::end} (HotSpot, {@code safepoint.cpp}), by the VM thread once the threads were let go. One object reads
 * line after line.
 */
final class SafepointLine {

    private static final byte[] BEGIN = bytes("[");
    private static final byte[] SAFEPOINT = bytes("ns] Safepoint \"");
    private static final byte[] NAMED = bytes("\", ");
    private static final byte[] SINCE_LAST = bytes("Time since last:");
    private static final byte[] REACHING = bytes("Reaching safepoint:");
    private static final byte[] LEAVING = bytes("Leaving safepoint:");
    private static final byte[] TOTAL = bytes("Total:");
    private static final byte[] NS = bytes(" ns");

    /** HotSpot has some 60 operations. */
    private static final int MOST_NAMES = 256;

    private static final class Name {
        final byte[] bytes;
        final String text;
        final PauseKind kind;

        Name(byte[] bytes) {
            this.bytes = bytes;
            text = new String(bytes, ISO_8859_1);
            kind = PauseKind.of(text);
        }
    }

    private final List<Name> names = new ArrayList<>();

    private byte[] line = {};
    private int length;
    private int at;

    private long loggedNs;
    private long sinceLastNs;
    private long reachingNs;
    private long leavingNs;
    private long totalNs;
    private @Nullable Name name;

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Whether it is such a line; if not, what was read last holds no longer. */
    boolean read(byte[] bytes, int size) {
        line = bytes;
        length = size;
        at = 0;
        if (!skip(BEGIN)) {
            return false;
        }
        loggedNs = number();
        if (!skip(SAFEPOINT)) {
            return false;
        }
        int from = at;
        int to = find(NAMED);
        if (to < 0) {
            return false;
        }
        name = named(from, to);
        sinceLastNs = nanoseconds(SINCE_LAST);
        reachingNs = nanoseconds(REACHING);
        int reached = at;
        leavingNs = nanoseconds(LEAVING);
        if (leavingNs < 0) {
            leavingNs = 0; // not told before JDK 25
            at = reached;
        }
        totalNs = nanoseconds(TOTAL);
        return loggedNs >= 0 && sinceLastNs >= 0 && reachingNs >= 0 && reachingNs <= totalNs - leavingNs;
    }

    private boolean skip(byte[] what) {
        boolean there = isAt(at, what);
        at += there ? what.length : 0;
        return there;
    }

    private boolean isAt(int place, byte[] what) {
        return place + what.length <= length && Arrays.equals(line, place, place + what.length, what, 0, what.length);
    }

    /** Where it begins, or -1; then {@link #at} is behind it. */
    private int find(byte[] what) {
        for (int i = at; i + what.length <= length; i++) {
            if (isAt(i, what)) {
                at = i + what.length;
                return i;
            }
        }
        return -1;
    }

    private long nanoseconds(byte[] key) {
        if (find(key) < 0) {
            return -1;
        }
        while (at < length && line[at] == ' ') {
            at++;
        }
        long value = number();
        return skip(NS) ? value : -1;
    }

    /** Of at most 18 digits, or -1. */
    private long number() {
        int first = at;
        long value = 0;
        while (at < length && line[at] >= '0' && line[at] <= '9') {
            value = value * 10 + (line[at++] - '0');
        }
        return at == first || at - first > 18 ? -1 : value;
    }

    private Name named(int from, int to) {
        for (Name known : names) {
            if (Arrays.equals(known.bytes, 0, known.bytes.length, line, from, to)) {
                return known;
            }
        }
        Name added = new Name(Arrays.copyOfRange(line, from, to));
        if (names.size() < MOST_NAMES) {
            names.add(added);
        }
        return added;
    }

    /** When it was written, {@link System#nanoTime()}; some microseconds after the end, more if the VM thread was kept from running. */
    long loggedNs() {
        return loggedNs;
    }

    /** From the end of the safepoint before to the begin of this one. */
    long sinceLastNs() {
        return sinceLastNs;
    }

    /** Until all threads had stopped. */
    long reachingNs() {
        return reachingNs;
    }

    /** Of letting the threads go; 0 where the JVM does not tell. */
    long leavingNs() {
        return leavingNs;
    }

    /** From begin to end, with what it took to stop the threads and to let them go. */
    long totalNs() {
        return totalNs;
    }

    String operation() {
        return name == null ? "" : name.text;
    }

    PauseKind kind() {
        return name == null ? PauseKind.OTHER : name.kind;
    }
}
