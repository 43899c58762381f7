package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Colours are for terminals, and for those who want them. JDK 22 and later call anything a console. */
class ColoursIT {

    private static final String ESCAPE = "\u001b";

    private static String onTerminal(Jdk jdk, Path folder, String environment) throws Exception {
        List<String> help = List.of(jdk.java(), "-jar", Jvm.VPERF_JAR.toString(), "report", "--help");
        try (Pty pty = Pty.start(folder, 100, 40, environment, help)) {
            assertThat(pty.finish()).isZero();
            assertThat(pty.seen()).contains("--compare", "speed ");
            return pty.seen();
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeForTerminalsOnly(Jdk jdk, @TempDir Path folder) throws Exception {
        assertThat(onTerminal(jdk, Files.createDirectory(folder.resolve("a")), ""))
                .contains(ESCAPE);
        assertThat(onTerminal(jdk, Files.createDirectory(folder.resolve("b")), "NO_COLOR=1"))
                .doesNotContain(ESCAPE);
        Jvm.Finished piped = new Jvm(jdk, folder).cli("report", "--help");
        assertThat(piped.status()).isZero();
        assertThat(piped.out()).contains("--compare").doesNotContain(ESCAPE);
        assertThat(piped.err()).isEmpty();
    }
}
