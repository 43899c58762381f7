package io.vperf.report;

import io.vperf.export.RunHeader;
import io.vperf.record.ProbeCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What is said of a run's counters besides their counts. */
public final class CounterText {

    private CounterText() {}

    /** Which of those that somebody asked for are not there, and why: once for all that lack the same. */
    public static List<String> missing(RunHeader header) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (RunHeader.Capability c : header.capabilities()) {
            if (c.name().startsWith(RunHeader.COUNTER) && !c.available()) {
                String reason = c.detail().replace(c.name() + ": ", "").replace(c.name() + " ", "");
                byReason.computeIfAbsent(
                                reason + (c.remedy().isEmpty() ? "" : "; remedy: " + c.remedy()),
                                key -> new ArrayList<>())
                        .add(c.name().substring(RunHeader.COUNTER.length()));
            }
        }
        return byReason.entrySet().stream()
                .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
                .toList();
    }

    /** Lines of the report's head. */
    static List<String> head(RunHeader header) {
        List<String> lines = new ArrayList<>();
        missing(header).forEach(text -> lines.add("  not counted  " + text));
        String unchecked = header.capabilities().stream()
                .filter(c ->
                        c.name().startsWith(RunHeader.COUNTER) && c.detail().startsWith("unchecked: "))
                .map(c -> c.name().substring(RunHeader.COUNTER.length()))
                .collect(Collectors.joining(", "));
        if (!unchecked.isEmpty()) {
            lines.add("  unchecked    " + unchecked + ": nobody has seen it count right here");
        }
        return lines;
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
                .map(c -> c.name() + " " + CounterTotals.amount(c.name(), which.applyAsLong(c)))
                .collect(Collectors.joining(", "));
    }
}
