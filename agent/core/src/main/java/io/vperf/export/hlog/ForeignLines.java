package io.vperf.export.hlog;

import java.util.function.BiConsumer;

/**
 * Lines of a dump file that neither vperf nor HdrHistogram writes there. A stretch of them is told once, by its first line: whoever
 * damaged a file in one place made many. In a file that has nothing of vperf's they are told as that.
 */
final class ForeignLines {

    /** What HdrHistogram's log may hold besides comments and lines with a tag: the legend, and times without a tag. */
    private static final String LEGEND = "\"StartTimestamp\"";

    private static final String UNTAGGED = "\\d+\\.?\\d*,\\d+\\.?\\d*,\\d+\\.?\\d*,HIST\\p{Alnum}.*";
    private static final String FORMAT = "#[Histogram log format version";
    private static final String OURS = "# vperf:";
    private static final String KIND = "\"kind\":\"";

    private final BiConsumer<Long, String> trouble;
    private boolean histogramLog;
    private boolean ours;
    private long untaggedLines;
    private long firstNumber;
    private long count;
    private String first = "";

    /** @param trouble told a line's number, and what is wrong there */
    ForeignLines(BiConsumer<Long, String> trouble) {
        this.trouble = trouble;
    }

    /** A line that is none of vperf's. */
    void add(long number, String line) {
        histogramLog |= line.startsWith(FORMAT);
        ours |= line.startsWith(OURS);
        boolean damaged = line.startsWith("#") && line.contains(KIND);
        if (!damaged && (line.startsWith("#") || line.startsWith(LEGEND) || line.isBlank())) {
            return;
        }
        if (line.matches(UNTAGGED)) {
            histogramLog = true;
            untaggedLines++;
        }
        if (count == 0) {
            firstNumber = number;
            first = line;
        }
        count++;
    }

    /** One of vperf's has come, or the file's end. */
    void endStretch() {
        if (count == 0) {
            return;
        }
        trouble.accept(
                firstNumber,
                (count == 1
                                ? "is no line of a dump and is left out: it"
                                : "this and " + (count - 1)
                                        + " more lines are no lines of a dump and are left out: the first")
                        + " begins with '" + Shortened.of(first) + "'");
        count = 0;
    }

    /** What a file is in which there was no line of vperf's. */
    String instead() {
        if (histogramLog && !ours) {
            return "is an HdrHistogram log, but not one of vperf's"
                    + (untaggedLines > 0 ? " (line " + firstNumber + " has a histogram without a tag)" : "")
                    + "; HdrHistogram's own HistogramLogProcessor reads it";
        }
        return "holds nothing vperf wrote, or was cut within its head"
                + (count == 0 ? "" : ": line " + firstNumber + " begins with '" + Shortened.of(first) + "'")
                + "; give .hlog files written by vperf";
    }
}
