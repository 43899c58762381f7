package io.vperf.shim;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The PMUs that the kernel has, {@code /sys/bus/event_source/devices}.
 *
 * @param folder that folder, or another in its shape
 */
record PmuFolder(Path folder) {

    /** The PMU of this name, if it can count for one thread. */
    Pmu pmu(String event, String name) throws WrongEventException {
        List<String> names = names(folder);
        if (!names.contains(name)) {
            throw new WrongEventException(
                    "counter " + event + ": there is no PMU " + (name.isEmpty() ? "without a name" : name) + " in "
                            + folder,
                    Nearest.sentence(name, names)
                            + "Virtual machines without a virtual PMU have none of the processor's.");
        }
        Path pmu = folder.resolve(name);
        int type = type(event, pmu);
        if (type == PerfEvent.TRACEPOINT || type == PerfEvent.BREAKPOINT || name.endsWith("probe")) {
            throw new WrongEventException(
                    "counter " + event + ": tracepoints, probes and breakpoints are not counted",
                    "Use hardware, cache, software or PMU events.");
        }
        // drivers/perf, arch/x86/events: a PMU with a cpumask counts for a whole package or socket, on those vCPUs.
        if (Files.exists(pmu.resolve("cpumask"))) {
            throw new WrongEventException(
                    "counter " + event + ": the PMU " + name + " counts for a whole processor, not for one thread",
                    "Use an event of the PMU cpu (on arm64: armv8_…), or perf stat -a for this one.");
        }
        return new Pmu(pmu, type);
    }

    /** Whether the processor's own PMU is there: cpu on x86-64; where kinds of cores differ, and on arm64, PMUs with cpus. */
    boolean hasProcessorPmu() {
        return names(folder).stream()
                .anyMatch(name ->
                        name.equals("cpu") || Files.exists(folder.resolve(name).resolve("cpus")));
    }

    private static int type(String event, Path pmu) throws WrongEventException {
        String text = read(pmu.resolve("type"));
        if (!text.matches("\\d{1,9}")) {
            throw new WrongEventException("counter " + event + ": " + pmu + "/type cannot be read", "");
        }
        return Integer.parseInt(text);
    }

    /** What a folder holds, sorted; nothing where there is no such folder. */
    static List<String> names(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }

    /** Without what is white around it; empty where it cannot be read. */
    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException | SecurityException e) {
            return "";
        }
    }
}
