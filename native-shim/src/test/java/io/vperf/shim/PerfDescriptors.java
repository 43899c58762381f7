package io.vperf.shim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process holds of perf events, as the kernel lists it. */
final class PerfDescriptors {

    private PerfDescriptors() {}

    static long open() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(PerfDescriptors::isPerfEvent).count();
        }
    }

    private static boolean isPerfEvent(Path link) {
        try {
            return Files.readSymbolicLink(link).toString().contains("[perf_event]");
        } catch (IOException e) {
            return false; // closed meanwhile, as the one of the listing itself
        }
    }
}
