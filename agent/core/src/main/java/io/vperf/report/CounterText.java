package io.vperf.report;

import io.vperf.export.RunHeader;
import io.vperf.record.ProbeCount;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the report's head says of counters. */
final class CounterText {

    private CounterText() {}

    /** A line for each that somebody asked for and that is not there. */
    static List<String> missing(RunHeader header) {
        return header.capabilities().stream()
                .filter(c -> c.name().startsWith(RunHeader.COUNTER) && !c.available())
                .map(c -> "  not counted  " + c.name().substring(RunHeader.COUNTER.length()) + ": " + c.detail()
                        + (c.remedy().isEmpty() ? "" : "; remedy: " + c.remedy()))
                .toList();
    }

    /** What vperf's own code adds; no line where that is not known. */
    static List<String> ofProbe(List<ProbeCount> counts) {
        return counts.isEmpty()
                ? List.of()
                : List.of(
                        "               its own in the counts of a call: " + join(counts, ProbeCount::inside),
                        "               and of each measured call that this one makes: "
                                + join(counts, ProbeCount::whole));
    }

    private static String join(List<ProbeCount> counts, ToLongFunction<ProbeCount> which) {
        return counts.stream()
                .map(c -> Units.amount(which.applyAsLong(c)) + " " + c.name())
                .collect(Collectors.joining(", "));
    }
}
