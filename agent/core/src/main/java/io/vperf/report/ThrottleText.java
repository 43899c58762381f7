package io.vperf.report;

import io.vperf.explain.Throttled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What CPU quotas have cost the run; nothing where no quota did. */
final class ThrottleText {

    private ThrottleText() {}

    /**
     * Lines of the report.
     *
     * @param throttled null where that is not known
     */
    static List<String> of(@Nullable Throttled throttled) {
        List<String> lines = new ArrayList<>();
        if (throttled == null || throttled.throttledNs() == 0) {
            return lines;
        }
        lines.add("Throttling by CPU quotas, all processes of a cgroup, vCPU time");
        for (Throttled.Level level : throttled.levels()) {
            if (level.throttledNs() > 0) {
                lines.add("  " + level.path() + ": " + Units.duration(level.throttledNs()) + " in "
                        + Units.count(level.throttledPeriods()) + " of " + Units.count(level.periods()) + " periods");
            }
        }
        lines.add("  given to calls " + Units.duration(throttled.attributedNs()) + ", to none "
                + Units.duration(throttled.unattributedNs()));
        lines.add("");
        return lines;
    }
}
