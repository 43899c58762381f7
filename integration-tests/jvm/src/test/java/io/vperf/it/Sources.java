package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs that a test writes and compiles itself, with the compiler of the JDK that will run them. */
final class Sources {

    private final Jdk jdk;
    private final Path folder;

    Sources(Jdk jdk, Path folder) {
        this.jdk = jdk;
        this.folder = folder;
    }

    Sources file(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compiles everything into {@code to}. */
    Path compile(Path to, String... options) {
        List<String> command =
                new ArrayList<>(List.of(jdk.home().resolve("bin/javac").toString(), "-d", to.toString()));
        command.addAll(List.of(options));
        try {
            Files.createDirectories(to);
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(f -> f.toString().endsWith(".java")).forEach(f -> command.add(f.toString()));
            }
            Path log = folder.resolve("javac.log");
            Process javac = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(javac.waitFor()).describedAs(Files.readString(log)).isZero();
            return to;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
