package io.vperf.report;

import io.vperf.export.RunHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a run its intervals cover. Each begins at the millisecond at which the one before it ended, even if the clock was
 * set meanwhile, so what does not is missing. In a JVM that reports its own run they are one stretch.
 */
final class Coverage {

    private static final int MOST_GAPS = 3;

    private final @Nullable RunHeader header;

    /** Few: as many as there are gaps, and one. */
    private final List<Stretch> stretches = new ArrayList<>();

    private boolean ended;

    Coverage(@Nullable RunHeader header) {
        this.header = header;
    }

    /** Without a gap, milliseconds since the epoch. A clock that was set back may let one end before it starts. */
    private static final class Stretch {
        long startMs;
        long endMs;

        Stretch(long startMs, long endMs) {
            this.startMs = startMs;
            this.endMs = endMs;
        }
    }

    /** In any order, each once. */
    void add(long startMs, long endMs) {
        Stretch joined = null;
        for (Stretch s : stretches) {
            if (s.endMs == startMs) {
                s.endMs = endMs;
                joined = s;
                break;
            }
        }
        if (joined == null) {
            joined = new Stretch(startMs, endMs);
            stretches.add(joined);
        }
        for (Stretch s : stretches) {
            if (s != joined && s.startMs == endMs) {
                joined.endMs = s.endMs;
                stretches.remove(s);
                return;
            }
        }
    }

    /** The run ended in order, and everything up to there was written. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** What of the run is not covered, in sentences for the user; empty if nothing. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        stretches.sort(Comparator.comparingLong((Stretch s) -> s.startMs));
        if (!stretches.isEmpty()) {
            beginning(stretches.get(0).startMs, missing);
        }
        for (int i = 1; i < stretches.size() && i <= MOST_GAPS; i++) {
            gap(stretches.get(i - 1).endMs, stretches.get(i).startMs, missing);
        }
        if (stretches.size() - 1 > MOST_GAPS) {
            missing.add("and without " + Units.count(stretches.size() - 1L - MOST_GAPS) + " stretches more");
        }
        if (!ended) {
            String upTo = stretches.isEmpty()
                    ? ""
                    : "counted up to " + Units.time(stretches.get(stretches.size() - 1).endMs) + ", ";
            missing.add(
                    upTo + "without the end of the run: it has not ended, or was killed or halted, or later files are"
                            + " not given; what came after is not in this report");
        }
        return missing;
    }

    private void beginning(long fromMs, List<String> missing) {
        if (header != null && fromMs > header.startedMs()) {
            missing.add("counted from " + Units.time(fromMs) + " on, " + duration(fromMs - header.startedMs())
                    + " after the run began: older files were rotated away (option keep), lost, or are not given");
        }
    }

    private static void gap(long fromMs, long toMs, List<String> missing) {
        missing.add("without " + duration(toMs - fromMs) + " from " + Units.time(fromMs)
                + " on: these intervals were not written, or their file was lost or is not given");
    }

    private static String duration(long ms) {
        return Units.duration(ms * 1_000_000);
    }
}
