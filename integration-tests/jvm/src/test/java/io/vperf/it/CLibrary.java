package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Libraries that tests compile from {@code src/test/c} with the machine's C compiler; without one the test is skipped. */
final class CLibrary {

    private CLibrary() {}

    static Path compile(String name, Path folder, String... options) {
        return compile(Path.of("src/test/c"), name, folder, options);
    }

    /** One whose source lies with the tests of another module. */
    static Path compile(Path sources, String name, Path folder, String... options) {
        Path library = folder.resolve("lib" + name + ".so");
        List<String> command = new ArrayList<>(List.of("cc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-o", library.toString(), sources.resolve(name + ".c").toString(), "-lpthread"));
        try {
            Path log = folder.resolve(name + ".log");
            Process cc = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(cc.waitFor()).as(Files.readString(log)).isZero();
            return library;
        } catch (IOException e) {
            assumeTrue(false, "no C compiler (cc): " + e.getMessage());
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
