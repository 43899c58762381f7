package io.vperf.pauses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The JDKs of this machine that vperf runs on: that of the tests, and those in the usual folder. */
final class Jdks {

    private static final int OLDEST = 17;

    private Jdks() {}

    /** The launcher of one JDK of each feature version. */
    static Map<Integer, Path> launchers() throws IOException {
        Map<Integer, Path> found = new LinkedHashMap<>();
        found.put(Runtime.version().feature(), Path.of(System.getProperty("java.home"), "bin", "java"));
        Path folder = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> homes = Files.list(folder)) {
                for (Path home : homes.sorted(Comparator.naturalOrder()).toList()) {
                    Path launcher = home.resolve("bin/java");
                    int feature = feature(home.resolve("release"));
                    if (feature >= OLDEST && Files.isExecutable(launcher)) {
                        found.putIfAbsent(feature, launcher);
                    }
                }
            }
        }
        return found;
    }

    private static int feature(Path release) throws IOException {
        if (!Files.isReadable(release)) {
            return 0;
        }
        for (String line : Files.readAllLines(release)) {
            if (line.startsWith("JAVA_VERSION=\"")) {
                return Integer.parseInt(
                        line.substring("JAVA_VERSION=\"".length()).split("[^0-9]", 2)[0]);
            }
        }
        return 0;
    }
}
