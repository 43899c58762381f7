package io.vperf.container;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which cgroups a process is in ({@code /proc/PID/cgroup}, cgroups(7)). The paths are told from the root of the reader's
 * cgroup namespace, whatever process they are of; one outside it begins with {@code /..}.
 */
record CgroupMembership(List<Entry> entries) {

    /** Some 15 lines of at most a path each. */
    static final int MAX_BYTES = 256 << 10;

    /**
     * A line: hierarchy number, controllers, path. The path may itself hold colons.
     *
     * @param controllers of version 1, {@code name=systemd} among them; empty for version 2
     */
    record Entry(List<String> controllers, String path) {

        Entry {
            controllers = List.copyOf(controllers);
        }

        private static Optional<Entry> parse(String line) {
            String[] fields = line.split(":", 3);
            if (fields.length < 3 || !fields[2].startsWith("/")) {
                return Optional.empty();
            }
            if (!fields[1].isEmpty()) {
                return Optional.of(new Entry(Arrays.asList(fields[1].split(",", -1)), fields[2]));
            }
            return fields[0].equals("0") ? Optional.of(new Entry(List.of(), fields[2])) : Optional.empty();
        }
    }

    CgroupMembership {
        entries = List.copyOf(entries);
    }

    /** @param process its number or {@code self} */
    static Capability<CgroupMembership> read(Path root, String process) {
        Path file = root.resolve("proc").resolve(process).resolve("cgroup");
        return KernelFile.headText(file, MAX_BYTES).then(text -> {
            if (text.length() >= MAX_BYTES) {
                // A path that was cut would be another cgroup's.
                return Capability.unavailable(file + " is larger than " + MAX_BYTES + " bytes", "");
            }
            CgroupMembership membership = parse(text);
            return membership.entries.isEmpty()
                    ? Capability.unavailable(file + " names no cgroup", "")
                    : Capability.available(membership);
        });
    }

    static CgroupMembership parse(String text) {
        return new CgroupMembership(
                text.lines().map(Entry::parse).flatMap(Optional::stream).toList());
    }

    /** The path in the version 1 hierarchy that a controller is bound to; a controller is in one hierarchy at a time. */
    Optional<String> version1(String controller) {
        return entries.stream()
                .filter(entry -> entry.controllers.contains(controller))
                .map(Entry::path)
                .findFirst();
    }

    Optional<String> version2() {
        return entries.stream()
                .filter(entry -> entry.controllers.isEmpty())
                .map(Entry::path)
                .findFirst();
    }
}
