package io.vperf.report;

import io.vperf.export.RunHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The report's head: which runs, on which machines, and what is known of these. */
final class HeadText {

    private static final String LOST = "  JVM, machine, kernel and clocks are unknown: the dump has lost its head";

    private final List<String> lines = new ArrayList<>();

    private HeadText() {}

    /** Its lines, the last one empty. */
    static List<String> of(Runs runs) {
        HeadText head = new HeadText();
        if (runs.isOne()) {
            head.one(runs.first());
        } else {
            head.several(runs);
        }
        head.lines.add("");
        return head.lines;
    }

    private void one(RunSummary run) {
        RunHeader header = run.header();
        lines.add("vperf report: " + intervals(run.intervals()) + ", " + Units.duration(run.coveredMs() * 1_000_000)
                + (header == null ? "" : ", pid " + header.pid() + " on " + header.host()));
        run.coverage().missing().forEach(what -> lines.add("  incomplete   " + what));
        if (run.suspendedMs() > 0) {
            lines.add("  incomplete   " + Units.duration(run.suspendedMs() * 1_000_000)
                    + " of it not measured, as it was suspended (JMX): calls that began then are in no figure");
        }
        if (header == null) {
            lines.add(LOST);
            return;
        }
        machines(List.of(header));
        probe(run);
    }

    private void several(Runs runs) {
        long hosts = runs.hosts();
        lines.add("vperf report: " + Units.count(runs.list().size()) + " runs on " + Units.count(hosts)
                + (hosts == 1 ? " host" : " hosts") + ", " + intervals(runs.intervals())
                + "; methods of the same name are added up");
        runs.brief().forEach(line -> lines.add("  " + line));
        for (Runs.Run run : runs.list()) {
            if (run.summary().header() == null) {
                lines.add("  " + run.name() + " has lost its head: its machine is unknown");
            }
        }
        machines(runs.headers());
        if (kernelKinds(runs.headers()) > 1) {
            lines.add(
                    "               cpu is of kernels whose CPU time holds steal, and of others: do not compare it with"
                            + " runs of one kind");
        }
    }

    static String brief(Runs.Run run) {
        return run.name() + ", " + intervals(run.summary().intervals()) + period(run.summary());
    }

    /** Whether CPU time holds steal is the word before the colon. */
    private static long kernelKinds(List<RunHeader> headers) {
        return headers.stream()
                .map(header -> header.kernelKind().split(":", 2)[0])
                .distinct()
                .count();
    }

    private static String intervals(int n) {
        return Units.count(n) + (n == 1 ? " interval" : " intervals");
    }

    /** From when on and for how long, after a comma; nothing where there is no interval. */
    static String period(RunSummary run) {
        Long startMs = run.startMs();
        return startMs == null
                ? ""
                : ", " + Units.duration(run.coveredMs() * 1_000_000) + " from " + Units.time(startMs) + " on";
    }

    private void machines(List<RunHeader> headers) {
        add("JVM          ", headers, RunHeader::jvm);
        add("machine      ", headers, of -> of.hypervisor() + ", kernel " + of.kernel() + ", " + of.vcpus() + " vCPUs");
        add("steal        ", headers, RunHeader::steal);
        add("kernel kind  ", headers, RunHeader::kernelKind);
        add("             cpu-corrected: ", headers, RunHeader::cpuCorrection);
        // What a reading costs is another number in every run.
        add("clocks       ", headers, of -> clocks(of, headers.size() == 1));
        headers.stream().flatMap(of -> CounterText.head(of).stream()).distinct().forEach(lines::add);
    }

    /** What is the same in several runs stands there once, what is not with the number of runs. */
    private void add(String title, List<RunHeader> headers, Function<RunHeader, String> what) {
        Map<String, Integer> distinct = new LinkedHashMap<>();
        headers.forEach(header -> distinct.merge(what.apply(header), 1, Integer::sum));
        distinct.forEach((text, count) -> lines.add("  " + title + text
                + (distinct.size() == 1 ? "" : count == 1 ? " (1 run)" : " (" + Units.count(count) + " runs)")));
    }

    private static String clocks(RunHeader header, boolean withCosts) {
        StringBuilder text = new StringBuilder();
        header.clocks().forEach((reading, clock) -> {
            Long costNs = withCosts ? header.costsNs().get(reading) : null;
            text.append(text.length() == 0 ? "" : ", ")
                    .append(reading)
                    .append(": ")
                    .append(clock);
            if (costNs != null) {
                text.append(" (").append(costNs).append(" ns)");
            }
            if (reading.equals("cpu") && clock.equals("unknown")) {
                text.append(whyNoCpu(header));
            }
        });
        return text.toString();
    }

    private static String whyNoCpu(RunHeader header) {
        for (RunHeader.Capability capability : header.capabilities()) {
            if (capability.name().equals(RunHeader.CPU_TIME) && !capability.available()) {
                return " (" + capability.detail()
                        + (capability.remedy().isEmpty() ? "" : "; remedy: " + capability.remedy()) + ")";
            }
        }
        return "";
    }

    private void probe(RunSummary run) {
        Long compiledNs = run.probeNs();
        Long atStartNs = run.probeAtStartNs();
        if (compiledNs != null) {
            lines.add("  probe        " + Units.duration(compiledNs) + " a call when last measured"
                    + atStart(compiledNs, atStartNs));
        } else if (atStartNs != null) {
            lines.add("  probe        " + Units.duration(atStartNs)
                    + " a call at the start; too few calls to measure it after");
        }
        lines.addAll(CounterText.ofProbe(run.probeCounts()));
    }

    private static String atStart(long lastNs, @Nullable Long atStartNs) {
        if (atStartNs == null) {
            return "";
        }
        return ", " + Units.duration(atStartNs) + " at the start"
                + (lastNs < atStartNs
                        ? ", before it was compiled"
                        : ": it is not compiled, or the machine is busier now");
    }
}
