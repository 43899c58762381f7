package io.vperf.export.hlog;

import io.vperf.explain.Explanation;
import io.vperf.explain.QuietTimes;
import io.vperf.explain.SlowCall;
import io.vperf.explain.WallSplit;
import io.vperf.export.RunHeader;
import io.vperf.record.Correction;
import io.vperf.record.CounterInterval;
import io.vperf.record.HostInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.JvmInterval;
import io.vperf.record.MethodInterval;
import io.vperf.steal.StealBurst;
import io.vperf.steal.StealHiccups;
import io.vperf.steal.VcpuHiccups;
import io.vperf.timeref.OutsideTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

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

        /** There is something of vperf's, but before it no line that describes the run. */
        default void headMissing(Path file, String what) {
            trouble(file, 1, what);
        }
    }

    private static final int SHOWN = 40;
    private static final String RUN = "\"kind\":\"run\"";

    private final Path file;
    private final Visitor visitor;
    private final Map<String, Histogram> histograms = new HashMap<>();
    private final List<MethodInterval> methods = new ArrayList<>();

    /** By method: the line of a method may be damaged, and its calls are no other's. */
    private final Map<String, List<SlowCall>> slow = new HashMap<>();

    private @Nullable OutsideTime outside;
    private long lineNumber;
    private String firstLine = "";

    /** Whether the line that describes the run has come, or its lack been told. */
    private boolean headSettled;

    private HlogReader(Path file, Visitor visitor) {
        this.file = file;
        this.visitor = visitor;
    }

    /**
     * Reads a file from beginning to end.
     *
     * @throws IOException if the file cannot be read at all
     */
    public static void read(Path file, Visitor visitor) throws IOException {
        // ISO-8859-1 cannot fail on foreign bytes; JSON lines are decoded as the UTF-8 they are.
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            HlogReader reader = new HlogReader(file, visitor);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                reader.lineNumber++;
                reader.head(line);
                reader.line(line);
            }
            reader.end();
        }
    }

    /** Every file vperf begins has the run's description before anything else; one that is unreadable is told as that. */
    private void head(String line) {
        if (lineNumber == 1) {
            firstLine = line;
        }
        boolean ours = line.startsWith(Lines.PREFIX);
        if (headSettled || !(ours || line.startsWith("Tag="))) {
            return;
        }
        headSettled = true;
        if (!(ours && line.contains(RUN))) {
            visitor.headMissing(
                    file,
                    "the file begins with '" + shortened(firstLine) + "', and the line that describes the run ("
                            + Lines.PREFIX
                            + "{..." + RUN
                            + "...) is missing: its beginning was cut off. JVM, machine, kernel, clocks and"
                            + " options of the run are unknown, earlier intervals are missing, and the first one may lack"
                            + " methods");
        }
    }

    private void line(String line) {
        try {
            if (line.startsWith(Lines.PREFIX)) {
                byte[] utf8 = line.substring(Lines.PREFIX.length()).getBytes(StandardCharsets.ISO_8859_1);
                json(new String(utf8, StandardCharsets.UTF_8));
            } else if (line.startsWith("Tag=")) {
                histogram(line);
            }
        } catch (UnusableLineException e) {
            visitor.trouble(file, lineNumber, "cannot be read and is left out: " + e.getMessage());
        } catch (DataFormatException | RuntimeException e) {
            // What the libraries say of it helps nobody who has but the file.
            visitor.trouble(file, lineNumber, "cannot be read and is left out: " + damage(line));
        }
    }

    /** A line that is whole, but not to be used; its message is for the user. */
    private static final class UnusableLineException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnusableLineException(String message) {
            super(message);
        }
    }

    private static String damage(String line) {
        boolean cut = line.startsWith(Lines.PREFIX) && !line.endsWith("}");
        return (cut ? "it is cut short, as by a full disk or a killed JVM" : "it is damaged, or was cut short")
                + "; it begins with '" + shortened(line) + "'";
    }

    private static String shortened(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    private void histogram(String line) throws DataFormatException {
        int tagEnd = line.indexOf(',');
        int payload = line.lastIndexOf(',') + 1;
        if (tagEnd < 0 || payload <= tagEnd + 1) {
            throw new UnusableLineException("not a histogram line of format 1.3");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(payload)));
        histograms.put(line.substring("Tag=".length(), tagEnd), Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    }

    private void json(String json) {
        Lines.Kind kind = Lines.GSON.fromJson(json, Lines.Kind.class);
        if (kind == null || kind.kind() == null) {
            throw new UnusableLineException("a #vperf line without a kind");
        }
        if (kind.v() > Lines.VERSION) {
            throw new UnusableLineException("written by a newer vperf (line version " + kind.v()
                    + ", this one reads up to " + Lines.VERSION + "): use that one to read it");
        }
        switch (kind.kind()) {
            case "run" -> run(Lines.GSON.fromJson(json, Lines.Run.class).run());
            case "method" -> method(Lines.GSON.fromJson(json, Lines.Method.class));
            case "slow" -> slow(Lines.GSON.fromJson(json, SpentLines.Slow.class));
            case "timeref" ->
                timeref(Lines.GSON.fromJson(json, Lines.Timeref.class).timeref());
            case "interval" -> interval(Lines.GSON.fromJson(json, Lines.Interval.class));
            case "end" -> visitor.end(Lines.GSON.fromJson(json, Lines.End.class).endMs());
            default -> {
                // A kind that came later: not for this reader.
            }
        }
    }

    /** A part that is missing in the JSON is null here, whatever the record declares. */
    private void run(@Nullable RunHeader run) {
        if (run == null
                || run.host() == null
                || run.clocks() == null
                || run.costsNs() == null
                || run.capabilities() == null) {
            throw new UnusableLineException("the run's description is incomplete");
        }
        visitor.run(run);
    }

    private void slow(SpentLines.Slow line) {
        SlowCall call = line.call();
        if (call == null) {
            throw new UnusableLineException("what is said of a slow call is incomplete");
        }
        slow.computeIfAbsent(line.name(), method -> new ArrayList<>()).add(call);
    }

    /** The first files did not tell. */
    private @Nullable Explanation takeExplanation(Lines.Method m, @Nullable Histogram wall) {
        WallSplit split = SpentLines.split(m.parts(), m.pausedNs(), m.blockedWhileStolenNs());
        List<SlowCall> calls = slow.remove(m.name());
        return split == null
                ? null
                : new Explanation(
                        split,
                        calls == null ? List.of() : List.copyOf(calls),
                        m.slowLeftOut() == null ? 0 : m.slowLeftOut(),
                        quiet(m, wall));
    }

    /** Those of all calls are not written twice. */
    private @Nullable QuietTimes quiet(Lines.Method m, @Nullable Histogram wall) {
        Histogram own = take(Tags.QUIET, m.name());
        Long calls = m.quietCalls();
        if (calls == null || wall == null) {
            return null;
        }
        return new QuietTimes(own != null ? own : calls == 0 ? new Histogram(2) : wall);
    }

    private void method(Lines.Method m) {
        Histogram wall = take(Tags.WALL, m.name());
        Explanation explanation = takeExplanation(m, wall);
        boolean known = wall != null || m.calls() == 0;
        if (!known && !saysUnknown(m)) {
            throw new UnusableLineException("the histogram of " + m.name() + " is missing");
        }
        methods.add(new MethodInterval(
                m.name(),
                m.calls(),
                measuredCalls(m),
                known ? m.exceptions() : null,
                known ? m.wallNs() : null,
                known ? m.selfNs() : null,
                known ? m.measuredCallees() : null,
                m.cpuNs(),
                m.cpuUnknownCalls(),
                m.uncorrectedCalls(),
                m.samplingFactor(),
                known ? m.estimate() : null,
                m.inFlight(),
                m.oldestInFlightNs(),
                wall == null ? new Histogram(2) : wall,
                take(Tags.CPU, m.name()),
                counters(m),
                correction(m),
                explanation));
    }

    /** One without calls has no histogram; one whose histogram is missing is left out: nothing is known of it. */
    private List<CounterInterval> counters(Lines.Method m) {
        List<CounterInterval> counters = new ArrayList<>();
        for (Lines.Counter c : m.counters() == null ? List.<Lines.Counter>of() : m.counters()) {
            Histogram counts = c.calls() == 0 ? new Histogram(2) : take(Tags.counter(c.name()), m.name());
            if (counts != null) {
                long error = c.drawError() == null ? 0 : c.drawError();
                counters.add(new CounterInterval(
                        c.name(), c.calls(), c.estimatedCalls(), c.sum(), c.comparableSum(), error, counts));
            }
        }
        return counters;
    }

    /** The first files have one bound for both sides. */
    private @Nullable Correction correction(Lines.Method m) {
        Histogram corrected = takeOrEmpty(Tags.CORRECTED, m);
        Histogram least = take(Tags.CORRECTED_LEAST, m.name());
        Histogram most = take(Tags.CORRECTED_MOST, m.name());
        Histogram stolen = takeOrEmpty(Tags.STOLEN, m);
        Histogram cpu = take(Tags.CPU_CORRECTED, m.name());
        Long stolenNs = m.stolenNs();
        if (stolenNs == null || corrected == null || stolen == null) {
            return null;
        }
        long boundNs = m.boundNs() == null ? 0 : m.boundNs();
        return new Correction(
                stolenNs,
                m.leastStolenNs() == null ? Math.max(0, stolenNs - boundNs) : m.leastStolenNs(),
                m.mostStolenNs() == null ? stolenNs + boundNs : m.mostStolenNs(),
                corrected,
                least,
                most,
                stolen,
                m.cpuCorrectedNs(),
                cpu);
    }

    private @Nullable Histogram takeOrEmpty(String metric, Lines.Method m) {
        Histogram taken = take(metric, m.name());
        return taken == null && m.calls() == 0 ? new Histogram(2) : taken;
    }

    /** Whether none of a method's calls was measured. Where only some were, the first files had sums of 0 for that. */
    private static boolean saysUnknown(Lines.Method m) {
        Long wallNs = m.wallNs();
        return wallNs == null || (wallNs == 0 && m.samplingFactor() > 1);
    }

    /** The first files did not tell; where all calls were to be measured, all were. */
    private static @Nullable Long measuredCalls(Lines.Method m) {
        return m.measuredCalls() == null && m.samplingFactor() <= 1 ? Long.valueOf(m.calls()) : m.measuredCalls();
    }

    private @Nullable Histogram take(String metric, String method) {
        return histograms.remove(Tags.encode(metric, method));
    }

    private void timeref(@Nullable OutsideTime said) {
        if (said == null
                || said.packets() == null
                || said.stops() == null
                || said.stops().largest() == null) {
            throw new UnusableLineException("what the outside clock said is incomplete");
        }
        outside = said;
    }

    private void interval(Lines.Interval i) {
        if (i.health() == null) {
            throw new UnusableLineException("the interval has no health counts");
        }
        visitor.interval(new IntervalSnapshot(
                i.startMs(),
                i.endMs(),
                List.copyOf(methods),
                i.vcpus(),
                i.mostStolenNs(),
                i.tainted(),
                i.health(),
                i.probeNs(),
                i.probeInsideNs(),
                i.probeCounts() == null ? List.of() : i.probeCounts(),
                hiccups(i),
                new HostInterval(i.wholeNetwork(), i.wholeVmware(), i.wholePseudo(), outside),
                new JvmInterval(i.wholeThrottled(), i.slices(), i.wholePaused()),
                Boolean.TRUE.equals(i.suspended())));
        slow.clear();
        methods.clear();
        histograms.clear();
        outside = null;
    }

    /** The first files do not have any. */
    private @Nullable StealHiccups hiccups(Lines.Interval i) {
        List<StealBurst> bursts = i.bursts();
        if (bursts == null) {
            return null;
        }
        String prefix = Tags.encode(Tags.STEAL, Tags.VCPU);
        List<VcpuHiccups> vcpus = new ArrayList<>();
        histograms.forEach((tag, windows) -> {
            if (tag.startsWith(prefix)) {
                vcpus.add(new VcpuHiccups(Integer.parseInt(tag.substring(prefix.length())), windows));
            }
        });
        vcpus.sort(Comparator.comparingInt(VcpuHiccups::vcpu));
        return new StealHiccups(
                List.copyOf(vcpus), List.copyOf(bursts), i.burstsLeftOut() == null ? 0 : i.burstsLeftOut());
    }

    private void end() {
        if (!methods.isEmpty() || !histograms.isEmpty()) {
            visitor.trouble(file, lineNumber, "the file ends within an interval; that interval is left out");
        }
    }
}
