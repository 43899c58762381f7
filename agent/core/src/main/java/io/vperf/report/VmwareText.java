package io.vperf.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report's part about what VMware told, where somebody asked for it. */
final class VmwareText {

    private static final long NS_PER_MS = 1_000_000;
    private static final String UNKNOWN = "unknown";

    private VmwareText() {}

    /** Its lines, the last one empty; none where nobody asked. */
    static List<String> of(VmwareSummary vmware) {
        List<String> lines = new ArrayList<>();
        if (vmware.intervals() > 0) {
            lines.add("VMware, of the whole virtual machine");
            lines.add("  stolen " + duration(vmware.grown("cpuStolenMs"), NS_PER_MS) + ", used "
                    + duration(vmware.grown("cpuUsedMs"), NS_PER_MS) + ", in "
                    + duration(vmware.grown("elapsedMs"), NS_PER_MS)
                    + " on the host; whom it hit is not told, nothing is corrected by it");
            lines.add("  processor: limit " + value(vmware.last("cpuLimitMHz"), " MHz") + ", reservation "
                    + value(vmware.last("cpuReservationMHz"), " MHz") + ", shares "
                    + value(vmware.last("cpuShares"), "") + ", host's "
                    + value(vmware.last("hostProcessorSpeedMHz"), " MHz"));
            lines.add("  memory: active " + value(vmware.last("memActiveMB"), " MB") + ", ballooned at most "
                    + value(vmware.most("memBalloonedMB"), " MB") + ", swapped at most "
                    + value(vmware.most("memSwappedMB"), " MB"));
            vmware.without()
                    .forEach((why, count) -> lines.add("  without totals: " + Units.count(count) + " of "
                            + Units.count(vmware.intervals()) + " intervals, as " + why));
        }
        if (vmware.pseudo("elapsedNs") != null) {
            lines.add("VMware's own clocks: real time " + duration(vmware.pseudo("elapsedNs"), 1) + ", apparent time "
                    + duration(vmware.pseudo("apparentNs"), 1));
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        return lines;
    }

    private static String duration(@Nullable Long amount, long unitNs) {
        return amount == null ? UNKNOWN : Units.duration(amount * unitNs);
    }

    private static String value(@Nullable Long amount, String unit) {
        return amount == null ? UNKNOWN : Units.count(amount) + unit;
    }
}
