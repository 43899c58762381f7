package io.vperf.linux;

/**
 * Reads the {@code cpuN} lines at the head of {@code /proc/stat}, up to the first line that is not one. Does no input of
 * its own; allocates nothing unless the text is bad or a new vCPU appears. One instance serves one thread, again and
 * again.
 *
 * <p>Format by fs/proc/stat.c: {@code cpu} and the sums of all vCPUs, then for each vCPU that is online {@code cpuN}, a
 * space and 7 (before Linux 2.6.11), 8, 9 or 10 numbers, all lines alike. Columns behind the eighth are checked and
 * skipped.
 */
final class ProcStatParser {

    enum Outcome {
        GOOD,
        /** The lines do not end within the text given: more of the file is needed. */
        CUT,
        BAD
    }

    /** More than any kernel can be built for: the largest NR_CPUS is x86's 8192. Keeps bad text from taking memory. */
    static final int MAX_CPUS = 8192;

    private static final int COLUMNS = CpuColumn.COUNT;
    private static final int COLUMNS_WITHOUT_STEAL = COLUMNS - 1;
    private static final long MAX_BEFORE_DIGIT = Long.MAX_VALUE / 10 - 1;
    private static final byte[] PREFIX = {'c', 'p', 'u'};

    private byte[] text = new byte[0];
    private int length;
    private int at;
    private long number;

    /**
     * @param length how many bytes of {@code text} count
     * @param atEnd whether the file ends there
     * @param into good after {@link Outcome#GOOD}; not good after the others, with a reason after {@link Outcome#BAD}
     */
    Outcome parse(byte[] text, int length, boolean atEnd, CpuTicks into) {
        this.text = text;
        this.length = length;
        at = 0;
        into.begin();
        Outcome outcome = lines(into);
        if (outcome == Outcome.CUT && atEnd) {
            if (at == length && endsLine() && into.columns() > 0) {
                into.succeed();
                return Outcome.GOOD;
            }
            return bad(into, "the file ends within its cpu lines");
        }
        return outcome;
    }

    private Outcome lines(CpuTicks into) {
        while (true) {
            for (int i = 0; i < PREFIX.length; i++) {
                if (at + i == length) {
                    return Outcome.CUT;
                }
                if (text[at + i] != PREFIX[i]) {
                    return end(into);
                }
            }
            at += PREFIX.length;
            if (at == length) {
                return Outcome.CUT;
            }
            Outcome line = text[at] == ' ' ? skipLine() : cpuLine(into);
            if (line != Outcome.GOOD) {
                return line;
            }
        }
    }

    private Outcome end(CpuTicks into) {
        if (into.columns() == 0) {
            return bad(into, "no cpuN line at its head");
        }
        into.succeed();
        return Outcome.GOOD;
    }

    /** The line of sums, which is the vCPUs' own ticks once more. */
    private Outcome skipLine() {
        while (at < length) {
            if (text[at++] == '\n') {
                return Outcome.GOOD;
            }
        }
        return Outcome.CUT;
    }

    private Outcome cpuLine(CpuTicks into) {
        Outcome read = number(into);
        if (read != Outcome.GOOD) {
            return read;
        }
        if (number >= MAX_CPUS) {
            return bad(into, "a vCPU number above " + (MAX_CPUS - 1));
        }
        int cpu = (int) number;
        if (!into.add(cpu)) {
            return bad(into, "cpu" + cpu + " twice");
        }
        int columns = 0;
        while (at < length && text[at] == ' ') {
            at++;
            read = number(into);
            if (read != Outcome.GOOD) {
                return read;
            }
            if (columns < COLUMNS) {
                into.set(cpu, columns, number);
            }
            columns++;
        }
        if (at == length) {
            return Outcome.CUT;
        }
        if (text[at++] != '\n') {
            return bad(into, "an unexpected character in the line of cpu" + cpu);
        }
        if (columns < COLUMNS_WITHOUT_STEAL) {
            return bad(into, "only " + columns + " columns for cpu" + cpu);
        }
        if (into.columns() != 0 && into.columns() != columns) {
            return bad(into, "lines of different length, at cpu" + cpu);
        }
        into.columns(columns);
        return Outcome.GOOD;
    }

    /** Digits up to the first other character, into {@link #number}. A number that reaches the end may go on behind it. */
    private Outcome number(CpuTicks into) {
        long value = 0;
        int start = at;
        while (at < length && text[at] >= '0' && text[at] <= '9') {
            if (value > MAX_BEFORE_DIGIT) {
                return bad(into, "a number too large");
            }
            value = value * 10 + (text[at++] - '0');
        }
        if (at == length) {
            return Outcome.CUT;
        }
        if (at == start) {
            return bad(into, "no number where one belongs");
        }
        number = value;
        return Outcome.GOOD;
    }

    private boolean endsLine() {
        return length > 0 && text[length - 1] == '\n';
    }

    private Outcome bad(CpuTicks into, String what) {
        into.fail(what + ", at byte " + at);
        return Outcome.BAD;
    }
}
