package io.vperf.report;

import io.vperf.export.RunHeader;
import io.vperf.record.ProbeCount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a report is of: one run or several, of any JVMs and hosts. Methods of the same name are added up over them. What belongs to
 * one JVM or one virtual machine, as the steal of vCPUs, which two JVMs on it both see, stays with its run.
 */
public final class Runs {

    private final List<Run> runs;

    /**
     * One of them.
     *
     * @param files where its histograms are; empty if there is no file
     * @param notInDumps what was written, but is not in these files any more
     */
    public record Run(RunSummary summary, List<Path> files, List<String> notInDumps) {

        public Run(RunSummary summary, List<Path> files) {
            this(summary, files, List.of());
        }

        /** Tells it from others to people; two runs of one process number differ by their times. */
        public String name() {
            RunHeader header = summary.header();
            return header == null
                    ? String.valueOf(files.get(0).getFileName())
                    : "pid " + header.pid() + " on " + header.host();
        }
    }

    /** In the order in which they are listed; one at least. */
    public Runs(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    public List<Run> list() {
        return runs;
    }

    /** Each in a line: which it is, how long, from when on, and what of it is missing. */
    public List<String> brief() {
        List<String> lines = new ArrayList<>();
        for (Run run : runs) {
            lines.add(HeadText.brief(run));
            run.summary().coverage().missing().forEach(what -> lines.add("  incomplete " + what));
        }
        return lines;
    }

    boolean isOne() {
        return runs.size() == 1;
    }

    RunSummary first() {
        return runs.get(0).summary();
    }

    /** Of those that have a head, in their order. */
    List<RunHeader> headers() {
        return runs.stream()
                .map(run -> run.summary().header())
                .filter(Objects::nonNull)
                .toList();
    }

    /** How many different ones are named; files without a head name none. */
    long hosts() {
        return headers().stream().map(RunHeader::host).distinct().count();
    }

    int intervals() {
        return runs.stream().mapToInt(run -> run.summary().intervals()).sum();
    }

    /** Most self time first, those whose times are unknown last. */
    List<MethodSummary> methods() {
        if (isOne()) {
            return first().methods();
        }
        Map<String, MethodSummary> sums = new LinkedHashMap<>();
        for (Run run : runs) {
            for (MethodSummary of : run.summary().methods()) {
                sums.computeIfAbsent(of.name, MethodSummary::new).add(of, run.summary(), run.name());
            }
        }
        List<MethodSummary> sorted = new ArrayList<>(sums.values());
        sorted.sort(RunSummary.MOST_SELF_TIME_FIRST);
        return sorted;
    }

    /** The same, for those that show it otherwise than as text. */
    public List<MethodFigures> figures() {
        Surroundings around = surroundings();
        return methods().stream().map(m -> new MethodFigures(m, around)).toList();
    }

    /** What a method's figures are to be held against. */
    Surroundings surroundings() {
        if (isOne()) {
            RunSummary run = first();
            return new Surroundings(run.mostProbeNs(), run.mostStolenNs(), run.probeCounts(), run.vcpus() != null);
        }
        Long mostProbeNs = 0L;
        boolean stealKnown = false;
        for (Run run : runs) {
            Long ofRunNs = run.summary().mostProbeNs();
            mostProbeNs = ofRunNs == null || mostProbeNs == null ? null : Long.valueOf(Math.max(ofRunNs, mostProbeNs));
            stealKnown |= run.summary().vcpus() != null;
        }
        // Each run's steal and counts of probes are in the sums already.
        return new Surroundings(mostProbeNs, null, List.of(), stealKnown);
    }

    /**
     * Of one run, or of all that were added up.
     *
     * @param mostProbeNs as {@link RunSummary#mostProbeNs}, of the dearest
     * @param mostStolenNs as {@link RunSummary#mostStolenNs}, where it still bounds the sums
     * @param probeCounts what is still to be told of the probe's own counts
     * @param stealKnown whether steal is known in any
     */
    record Surroundings(
            @Nullable Long mostProbeNs,
            @Nullable Long mostStolenNs,
            List<ProbeCount> probeCounts,
            boolean stealKnown) {}
}
