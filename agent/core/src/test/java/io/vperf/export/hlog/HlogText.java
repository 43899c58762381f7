package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.RunHeader;
import io.vperf.export.Snapshots;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Dump files in tests: what a reader sees in them, and their text with the histograms readable. */
final class HlogText {

    private HlogText() {}

    /** Everything that came out of a file. */
    static final class Seen implements HlogReader.Visitor {

        final List<RunHeader> runs = new ArrayList<>();
        final List<IntervalSnapshot> intervals = new ArrayList<>();
        final List<Long> ends = new ArrayList<>();
        final List<String> troubles = new ArrayList<>();

        @Override
        public void run(RunHeader header) {
            runs.add(header);
        }

        @Override
        public void interval(IntervalSnapshot snapshot) {
            intervals.add(snapshot);
        }

        @Override
        public void end(long endMs) {
            ends.add(endMs);
        }

        @Override
        public void headMissing(Path file, String what) {
            // pieces of a file are read, too
        }

        @Override
        public void trouble(Path file, long lineNumber, String what) {
            troubles.add(lineNumber + ": " + what);
        }
    }

    /** A method of which nothing is known but wall times. */
    static MethodInterval wallOf(String name, Histogram wall) {
        long calls = wall.getTotalCount();
        long wallNs = Math.round(wall.getMean() * calls);
        return new MethodInterval(
                name, calls, calls, 0L, wallNs, wallNs, 0L, null, calls, 0, 1, null, 0, 0, wall, null, List.of(), null,
                null);
    }

    /** An interval of a second, told apart by its start; all are of the same length in a file. */
    static IntervalSnapshot numbered(int number) {
        long startMs = Snapshots.STARTED_MS + 1000L * number;
        return new IntervalSnapshot(startMs, startMs + 1000, List.of(Snapshots.corrected()), null, Map.of());
    }

    /** Those in a file that has its head and nothing unreadable. */
    static List<Integer> numbers(Path file) {
        Seen seen = read(file);
        assertThat(seen.troubles).isEmpty();
        assertThat(seen.runs).hasSize(1);
        return seen.intervals.stream()
                .map(i -> (int) ((i.startMs() - Snapshots.STARTED_MS) / 1000))
                .toList();
    }

    static Seen read(Path file) {
        Seen seen = new Seen();
        try {
            HlogReader.read(file, seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }

    static Seen read(Path folder, byte[] bytes) {
        try {
            return read(Files.write(folder.resolve("test.hlog"), bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The text with each payload replaced by what it holds, since the bytes depend on the JDK's zlib; and without the
     * local time that HdrHistogram writes beside the start.
     */
    static String readable(String text) {
        StringBuilder out = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("Tag=")) {
                int payload = line.lastIndexOf(',') + 1;
                out.append(line, 0, payload).append(decoded(line.substring(payload)));
            } else {
                out.append(line.replaceFirst("(seconds since epoch), .*\\]$", "$1]"));
            }
            out.append('\n');
        }
        return out.substring(0, out.length() - 1);
    }

    private static String decoded(String payload) {
        try {
            Histogram h = Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(payload)), 0);
            StringBuilder values = new StringBuilder("digits ").append(h.getNumberOfSignificantValueDigits());
            h.recordedValues()
                    .forEach(v -> values.append(' ')
                            .append(v.getCountAtValueIteratedTo())
                            .append('x')
                            .append(v.getValueIteratedTo()));
            return values.toString();
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
    }
}
