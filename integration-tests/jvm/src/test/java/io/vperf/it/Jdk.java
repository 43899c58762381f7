package io.vperf.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param feature its feature version, such as 17
 */
public record Jdk(Path home, int feature) {

    private static final int OLDEST = 17;

    /** The newest of each feature version from 17 on: the one that runs the tests, and those in the usual folders. */
    public static List<Jdk> all() {
        TreeMap<Integer, Jdk> found = new TreeMap<>();
        List<Path> homes = new ArrayList<>();
        for (Path folder : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt/java"), Path.of("/opt/hostedtoolcache"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> children = Files.list(folder)) {
                    children.sorted(Comparator.naturalOrder()).forEach(homes::add);
                } catch (IOException e) {
                    throw new IllegalStateException("cannot look for JDKs in " + folder, e);
                }
            }
        }
        homes.add(Path.of(System.getProperty("java.home")));
        for (Path home : homes) {
            int feature = feature(home);
            if (feature >= OLDEST && Files.isExecutable(home.resolve("bin/java"))) {
                found.put(feature, new Jdk(home, feature));
            }
        }
        return List.copyOf(found.values());
    }

    private static int feature(Path home) {
        Path release = home.resolve("release");
        Properties properties = new Properties();
        try (var in = Files.newInputStream(release)) {
            properties.load(in);
        } catch (IOException e) {
            return 0;
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.split("[.+-]", 2)[0]);
    }

    public String java() {
        return home.resolve("bin/java").toString();
    }

    /** Runs one of its tools to its end, and answers with what it printed; throws if it failed. */
    String tool(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve(name).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ": " + printed);
        }
        return printed;
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
