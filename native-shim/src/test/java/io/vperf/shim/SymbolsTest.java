package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolsTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final String SHIM = "io/vperf/shim/linux-%s/libvperf-shim.so";

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void shouldExportWhatIsDocumented(String processor) throws Exception {
        assertThat(symbols(processor, false)).containsExactlyInAnyOrderElementsOf(documented());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void shouldNeedNoOtherLibrary(String processor) throws Exception {
        assertThat(symbols(processor, true)).isEmpty();
        assertThat(readelf("--dynamic", built(processor))).noneMatch(line -> line.contains("(NEEDED)"));
    }

    @Test
    void shouldBindEveryExportedFunction() throws Exception {
        assertThat(Stream.of(Shim.class.getDeclaredMethods()).map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(documented());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void shouldBuildTheSameBytesAgain(String processor, @TempDir Path elsewhere) throws Exception {
        Path first = built(processor);

        Command.Result build = Command.run("sh", "src/main/sh/build-shim.sh", "src/main/c", elsewhere.toString());

        assertThat(build.status()).as(build.output()).isZero();
        assertThat(elsewhere.resolve(SHIM.formatted(processor))).hasSameBinaryContentAs(first);
    }

    private static List<String> documented() throws Exception {
        return Files.readAllLines(Path.of("src/main/c/exports.txt"));
    }

    private static List<String> symbols(String processor, boolean undefined) throws Exception {
        // Columns: number, value, size, type, binding, visibility, section, name; number 0 is the empty symbol.
        return readelf("--dyn-syms", built(processor)).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length >= 8 && columns[0].matches("[1-9]\\d*:"))
                .filter(columns -> columns[6].equals("UND") == undefined)
                .map(columns -> columns[7])
                .toList();
    }

    private static Path built(String processor) throws Exception {
        if (Bundle.here().shimResource(processor) instanceof Capability.Unavailable<String> missing) {
            assumeTrue(false, missing.reason());
        }
        return CLASSES.resolve(SHIM.formatted(processor));
    }

    private static List<String> readelf(String option, Path library) throws Exception {
        Command.Result result = Command.run("readelf", "--wide", option, library.toString());
        assumeTrue(result.status() != 127, "readelf (binutils) is not installed");
        assertThat(result.status()).as(result.output()).isZero();
        return result.lines();
    }
}
