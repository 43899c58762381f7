package io.vperf.doctor;

import io.vperf.container.Confinement;
import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What holds another process within bounds: its cgroups, and the namespaces it does not share with this one. */
public final class OtherProcess {

    /** namespaces(7) */
    private static final List<String> NAMESPACES = List.of("pid", "mnt", "cgroup", "user", "net", "uts", "ipc", "time");

    private OtherProcess() {}

    /**
     * Examines.
     *
     * @param root where the file system begins
     * @return unavailable if there is no such process
     */
    public static Capability<Diagnosis> examine(Path root, long pid) {
        Path folder = root.resolve("proc").resolve(Long.toString(pid));
        if (!Files.isDirectory(folder)) {
            return Capability.unavailable(
                    "there is no process " + pid + " in this PID namespace",
                    "java -jar vperf.jar list names the JVMs there are");
        }
        Confinement confinement = Confinement.ofProcess(root, pid);
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("command", KernelFile.value(folder.resolve("comm"))));
        facts.addAll(ConfinementFacts.of(confinement));
        List<Finding> findings = new ArrayList<>(ConfinementFindings.of(confinement));
        findings.add(namespaces(root, folder));
        return Capability.available(new Diagnosis(facts, findings, Map.of(), false));
    }

    private static Finding namespaces(Path root, Path folder) {
        List<String> other = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : NAMESPACES) {
            String own = link(root.resolve("proc/self/ns").resolve(name));
            String its = link(folder.resolve("ns").resolve(name));
            if (own.isEmpty() && its.isEmpty()) {
                continue; // not this kernel's
            }
            if (own.isEmpty() || its.isEmpty()) {
                unknown.add(name);
            } else if (!own.equals(its)) {
                other.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            return Finding.limited(
                    "namespaces",
                    "cannot be seen: " + String.join(", ", unknown),
                    "Run this as the user of that process, or as root.");
        }
        return other.isEmpty()
                ? Finding.ok("namespaces", "the same as here")
                : Finding.limited(
                        "namespaces",
                        "its own: " + String.join(", ", other) + "; what is seen from here may not be what it sees",
                        "Run doctor inside: nsenter -t PID -a java -jar vperf.jar doctor");
    }

    private static String link(Path path) {
        try {
            return Files.readSymbolicLink(path).toString();
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }
}
