package io.vperf.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in vperf.jar, as it was built. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VperfJarIT {

    private static final Path TARGET = Path.of("target");

    /** Java 17. */
    private static final int CLASS_FILE_VERSION = 61;

    private JarFile jar;
    private List<String> names;

    VperfJarIT() throws IOException {
        jar = new JarFile(TARGET.resolve("vperf.jar").toFile());
        names = jar.stream().map(JarEntry::getName).toList();
    }

    @BeforeAll
    void shouldHoldAnythingAtAll() {
        assertThat(names).hasSizeGreaterThan(1_000);
    }

    @AfterAll
    void close() throws IOException {
        jar.close();
    }

    private byte[] read(String name) throws IOException {
        try (InputStream in =
                jar.getInputStream(Objects.requireNonNull(jar.getJarEntry(name), () -> name + " is missing"))) {
            return in.readAllBytes();
        }
    }

    @Test
    void shouldShowNothingButLauncherAndProbesAsClasses() {
        assertThat(names)
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/vperf/launcher/") || name.startsWith("io/vperf/bootstrap/"));
        assertThat(names).contains("io/vperf/bootstrap/Probe.class", "io/vperf/launcher/VperfAgent.class");
    }

    @Test
    void shouldHideTheCoreFromOtherLoaders() {
        assertThat(names)
                .contains(
                        "inst/io/vperf/Vperf.classdata",
                        "inst/net/bytebuddy/ByteBuddy.classdata",
                        "inst/org/HdrHistogram/Histogram.classdata",
                        "inst/com/kenai/jffi/Foreign.classdata",
                        "inst/io/vperf/version.properties")
                .noneMatch(name -> name.startsWith("inst/") && name.endsWith(".class"));
    }

    /** A second copy would be another class than the one on the boot loader. */
    @Test
    void shouldHaveProbesAndAnnotationsNowhereInTheCore() {
        assertThat(names)
                .noneMatch(name -> name.startsWith("inst/io/vperf/bootstrap/"))
                .noneMatch(name -> name.contains("io/vperf/annotations/"));
    }

    @Test
    void shouldBeReadByModuleSystemsAndToolsAsNothingButItself() {
        assertThat(names)
                .noneMatch(name -> name.endsWith("module-info.class") || name.endsWith("module-info.classdata"))
                .noneMatch(name -> name.startsWith("META-INF/versions/") || name.startsWith("META-INF/services/"))
                .noneMatch(name -> name.startsWith("META-INF/maven/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void shouldHoldTheNativeLibrariesOfJffi(String processor) throws IOException {
        byte[] library = read("inst/jni/" + processor + "-Linux/libjffi-1.2.so");
        assertThat(library).startsWith(0x7F, 'E', 'L', 'F');
    }

    /** The build goes on without a compiler, but the jar says so. */
    @Test
    void shouldSayOfEachShimWhetherItIsThere() throws IOException {
        String list = names.stream()
                .filter(name -> name.startsWith("inst/") && name.endsWith("shims.properties"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no shims.properties"));
        Properties shims = new Properties();
        shims.load(new StringReader(new String(read(list), StandardCharsets.UTF_8)));
        String folder = list.substring(0, list.lastIndexOf('/') + 1);
        assertThat(shims.stringPropertyNames()).isNotEmpty();
        for (String platform : shims.stringPropertyNames()) {
            boolean there = names.stream()
                    .anyMatch(name -> name.startsWith(folder) && name.contains(platform) && name.endsWith(".so"));
            assertThat(there).as(platform).isEqualTo(shims.getProperty(platform).startsWith("present"));
        }
    }

    static List<String> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(TARGET.resolve("core-jars"))) {
            return jars.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> !name.startsWith("vperf-"))
                    .map(name -> name.replaceFirst("-\\d.*", ""))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void shouldHoldTheLicenceOfEachLibrary(String artifact) throws IOException {
        String text = new String(read("META-INF/licenses/" + artifact + ".txt"), StandardCharsets.UTF_8);
        assertThat(text).containsIgnoringCase("copyright").hasSizeGreaterThan(200);
        if (text.contains("META-INF/LICENSE")) {
            assertThat(new String(read("META-INF/LICENSE"), StandardCharsets.UTF_8))
                    .contains("Apache License", "TERMS AND CONDITIONS");
        }
    }

    @Test
    void shouldHoldNoLicenceOfWhatIsNotInside() throws IOException {
        List<String> inside = libraries();
        assertThat(names.stream()
                        .filter(name -> name.matches("META-INF/licenses/.+"))
                        .map(name ->
                                name.substring("META-INF/licenses/".length()).replace(".txt", "")))
                .containsExactlyInAnyOrderElementsOf(inside);
    }

    @Test
    void shouldTellTheJvmWhereToEnter() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();
        assertThat(manifest.getValue("Premain-Class")).isEqualTo(VperfAgent.class.getName());
        assertThat(manifest.getValue("Agent-Class")).isEqualTo(VperfAgent.class.getName());
        assertThat(manifest.getValue("Launcher-Agent-Class")).isNull();
        assertThat(manifest.getValue("Main-Class")).isEqualTo(Main.class.getName());
        assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
        assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
        assertThat(manifest.getValue("Implementation-Version")).matches("\\d+\\.\\d+.*");
        // The launcher puts the probe classes on the boot loader itself; this would cost the archived classes.
        assertThat(manifest.getValue("Boot-Class-Path")).isNull();
    }

    @Test
    void shouldRunOnJdk17() throws IOException {
        for (String name : names) {
            boolean own = name.startsWith("io/vperf/") || name.startsWith("inst/io/vperf/");
            if (own && (name.endsWith(".class") || name.endsWith(".classdata"))) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getJarEntry(name)))) {
                    assertThat(in.readInt()).as(name).isEqualTo(0xCAFEBABE);
                    assertThat(in.readInt()).as(name).isEqualTo(CLASS_FILE_VERSION); // minor 0
                }
            }
        }
    }
}
