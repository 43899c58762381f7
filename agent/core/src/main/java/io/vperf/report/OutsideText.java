package io.vperf.report;

import io.vperf.timeref.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report's part about a clock outside of the guest. */
final class OutsideText {

    private OutsideText() {}

    /** Its lines, the last one empty; none where no such clock was asked. */
    static List<String> of(@Nullable OutsideSummary all) {
        List<String> lines = new ArrayList<>();
        if (all == null) {
            return lines;
        }
        lines.add("Outside clock " + all.reference + ", known for " + Units.count(all.known) + " of "
                + Units.count(all.intervals) + " intervals");
        rate(all, lines);
        for (OutsideSummary.Pause p : all.pauses) {
            lines.add("  the guest's clock stood still for "
                    + Units.duration(p.stretch().stoodStillNs()) + " ± "
                    + Units.duration(p.stretch().stoodStillBoundNs()) + " in the "
                    + Units.duration(p.stretch().guestNs()) + " up to " + Units.time(p.endMs())
                    + ": paused, in no time of this report");
        }
        more(all.pausesLeftOut, lines);
        for (Stop s : all.stops) {
            lines.add("  this process did not run for " + Units.duration(s.leastNs()) + " to "
                    + Units.duration(s.mostNs()) + " from " + Units.time(s.startMs())
                    + ", while the guest's clock went on ("
                    + explained("run delay", s.runDelayNs()) + ", " + explained("steal", s.stolenNs())
                    + "): it was stopped, or the guest paused");
        }
        more(all.stopsLeftOut, lines);
        all.unknown.forEach((reason, count) -> lines.add(
                "  unknown in " + Units.count(count) + (count == 1 ? " interval: " : " intervals: ") + reason));
        all.notWatched.forEach((reason, count) -> lines.add(
                "  stops unknown in " + Units.count(count) + (count == 1 ? " interval: " : " intervals: ") + reason));
        if (all.sent > 0) {
            lines.add("  packets: " + Units.count(all.sent) + " sent, " + Units.count(all.answered) + " answered, "
                    + Units.count(all.late) + " late, " + Units.count(all.refused) + " refused");
        }
        lines.add("");
        return lines;
    }

    private static void rate(OutsideSummary all, List<String> lines) {
        if (all.isRateKnown()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  rate: it went %+.1f ppm ± %.1f ppm faster than the guest's clock",
                    all.ratePpm(),
                    all.ratePpmBound()));
            lines.add("  pauses that the guest's clock does not show: "
                    + (all.pauses.isEmpty() ? "none" : "none in other intervals") + " over "
                    + Units.duration(all.mostUnseenNs));
        }
    }

    private static void more(long leftOut, List<String> lines) {
        if (leftOut > 0) {
            lines.add("  and " + Units.count(leftOut) + " shorter ones");
        }
    }

    private static String explained(String what, @Nullable Long ns) {
        return what + " " + (ns == null ? "unknown" : Units.duration(ns));
    }
}
