package io.vperf.export.hlog;

import io.vperf.export.RunHeader;
import io.vperf.record.IntervalSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a dump file back into what was written: the run header and the interval snapshots. A line that cannot be read, as
 * the last one after a kill −9, is told with its number, as is a beginning that is missing; everything else is used.
 */
public final class HlogReader {

    /** What comes out of a file. */
    public interface Visitor {

        void run(RunHeader header);

        void interval(IntervalSnapshot snapshot);

        /** The run ended in order, at this time, milliseconds since the epoch, and all of it was written. */
        void end(long endMs);

        /** A line that could not be used. */
        void trouble(Path file, long lineNumber, String what);

        /** There is nothing of vperf's in the file; what it is instead, with the remedy. */
        default void foreign(Path file, String what) {
            // told by whoever expected something
        }

        /** So many bytes more were read from the disk. */
        default void progress(long bytes) {
            // for people who wait
        }

        /** There is something of vperf's, but before it no line that describes the run. */
        default void headMissing(Path file, String what) {
            trouble(file, 1, what);
        }
    }

    private static final String RUN = "\"kind\":\"run\"";

    private final Path file;
    private final Visitor visitor;
    private final IntervalParts parts = new IntervalParts();
    private final ForeignLines foreign;

    /** The start that the histograms of the interval have in common; NaN before the first. */
    private double intervalStart = Double.NaN;

    /** Of the interval: a line that was told already needs not be missed as well. */
    private int unusableLines;

    private long lineNumber;
    private String firstLine = "";

    /** Whether the line that describes the run has come, or its lack been told. */
    private boolean headSettled;

    private HlogReader(Path file, Visitor visitor) {
        this.file = file;
        this.visitor = visitor;
        this.foreign = new ForeignLines((number, what) -> visitor.trouble(file, number, what));
    }

    /**
     * Reads a file from beginning to end, or as far as it can be read.
     *
     * @throws IOException if the file cannot be read at all
     */
    public static void read(Path file, Visitor visitor) throws IOException {
        try (DumpInput bytes = DumpInput.open(file, visitor::progress);
                ParsedLines in = new ParsedLines(bytes)) {
            HlogReader reader = new HlogReader(file, visitor);
            for (List<ParsedLine> lines = in.next(); !lines.isEmpty(); lines = in.next()) {
                for (ParsedLine line : lines) {
                    reader.lineNumber++;
                    reader.head(line.text());
                    reader.line(line);
                }
            }
            reader.end();
            if (bytes.isBroken()) {
                visitor.trouble(
                        file,
                        reader.lineNumber,
                        "cannot be unpacked to its end, nor what follows: the file was cut short or damaged after it was"
                                + " packed by gzip");
            }
        }
    }

    /** Every file vperf begins has the run's description before anything else; one that is unreadable is told as that. */
    private void head(String line) {
        if (lineNumber == 1) {
            firstLine = line;
        }
        boolean ours = line.startsWith(Lines.PREFIX);
        if (headSettled || !(ours || Tags.isOwn(line))) {
            return;
        }
        headSettled = true;
        if (!(ours && line.contains(RUN))) {
            visitor.headMissing(
                    file,
                    "the file begins with '" + Shortened.of(firstLine) + "', and the line that describes the run ("
                            + Lines.PREFIX
                            + "{..." + RUN
                            + "...) is missing: its beginning was cut off. JVM, machine, kernel, clocks and"
                            + " options of the run are unknown, earlier intervals are missing, and the first one may lack"
                            + " methods");
        }
    }

    private void line(ParsedLine line) {
        ParsedLine.Content content = line.content();
        boolean ours = headSettled || line.text().startsWith(Lines.PREFIX);
        if (content == null || !ours) {
            foreign.add(lineNumber, line.text());
            return;
        }
        foreign.endStretch();
        try {
            if (content instanceof ParsedLine.Tagged histogram) {
                startInterval(histogram.startS());
                parts.add(histogram.tag(), histogram.histogram());
            } else if (content instanceof ParsedLine.OfMethod method) {
                parts.method(method.line(), method.tag());
            } else if (content instanceof ParsedLine.Said said) {
                said(said.line());
            } else if (content instanceof ParsedLine.Unusable unusable) {
                throw new UnusableLineException(unusable.why());
            }
        } catch (UnusableLineException e) {
            unusable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            unusable(LineParser.damage(line.text()));
        }
    }

    private void unusable(String why) {
        unusableLines++;
        visitor.trouble(file, lineNumber, "cannot be read and is left out: " + why);
    }

    /** All histograms of an interval have its start; the line that ends it may be damaged. */
    private void startInterval(double start) {
        if (start > intervalStart) {
            visitor.trouble(
                    file,
                    lineNumber,
                    "begins another interval, but the line that ends the one before is missing or damaged; that interval is"
                            + " left out");
            parts.clear();
            unusableLines = 0;
        }
        intervalStart = start;
    }

    private void said(Record line) {
        if (line instanceof Lines.Run run) {
            visitor.run(run.run());
        } else if (line instanceof SpentLines.Slow slow) {
            parts.slow(slow);
        } else if (line instanceof Lines.Timeref timeref) {
            parts.timeref(timeref.timeref());
        } else if (line instanceof Lines.Interval interval) {
            interval(interval);
        } else if (line instanceof Lines.End end) {
            visitor.end(end.endMs());
        }
    }

    private void interval(Lines.Interval line) {
        long leftOver = parts.withoutLine();
        if (leftOver > unusableLines) {
            visitor.trouble(
                    file,
                    lineNumber,
                    "ends an interval in which " + leftOver + (leftOver == 1 ? " method has" : " methods have")
                            + " a histogram, but no readable line of its own: its calls are left out");
        }
        unusableLines = 0;
        intervalStart = Double.NaN;
        visitor.interval(parts.take(line));
    }

    private void end() {
        if (headSettled) {
            foreign.endStretch();
        } else {
            visitor.foreign(file, foreign.instead());
        }
        if (!parts.isEmpty()) {
            visitor.trouble(file, lineNumber, "the file ends within an interval; that interval is left out");
        }
    }
}
