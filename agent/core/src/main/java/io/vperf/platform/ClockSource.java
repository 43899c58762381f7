package io.vperf.platform;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the kernel tells the time by.
 *
 * @param current its name
 * @param available what else the machine offers, the kernel's favourite first
 * @param quality what it is worth
 */
public record ClockSource(String current, Capability<List<String>> available, Capability<ClockQuality> quality) {

    private static final String FOLDER = "sys/devices/system/clocksource/clocksource0";

    static Capability<ClockSource> read(Path root) {
        Path folder = root.resolve(FOLDER);
        return KernelFile.value(folder.resolve("current_clocksource"))
                .then(current -> Capability.available(new ClockSource(
                        current,
                        KernelFile.value(folder.resolve("available_clocksource"))
                                .then(line -> Capability.available(Arrays.asList(line.split("\\s+", -1)))),
                        ClockQuality.of(current))));
    }
}
