package io.vperf.pauses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * What {@link PausesMain} printed.
 *
 * @param gaps of the spinning thread: two readings of the clock each, one after the other
 */
record PausesRun(String output, List<Pause> pauses, List<long[]> gaps) {

    /** Runs it in a JVM of its own, as an agent and the program. */
    static PausesRun of(Path launcher, Path folder, List<String> options, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "-javaagent:" + agent(folder)));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PausesMain.class.getName()));
        command.addAll(arguments);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        String text = Files.readString(output);
        if (status != 0) {
            throw new AssertionError(status + ": " + text);
        }
        return parse(text);
    }

    /** No more than a manifest: the classes are on the class path. */
    private static Path agent(Path folder) throws IOException {
        Path jar = folder.resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), PausesMain.class.getName());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static PausesRun parse(String text) {
        List<Pause> pauses = new ArrayList<>();
        List<long[]> gaps = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("pause")) {
                pauses.add(new Pause(
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]),
                        Long.parseLong(words[4]),
                        PauseKind.valueOf(words[5]),
                        words[6]));
            } else if (words[0].equals("gap")) {
                gaps.add(new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])});
            } else {
                rest.append(line).append('\n');
            }
        }
        return new PausesRun(rest.toString(), pauses, gaps);
    }

    /** The numbers behind a word at a line's beginning. */
    long[] numbers(String word) {
        return output.lines()
                .filter(line -> line.startsWith(word + " "))
                .flatMapToLong(line -> List.of(line.substring(word.length() + 1).split(" ", -1)).stream()
                        .mapToLong(Long::parseLong))
                .toArray();
    }
}
