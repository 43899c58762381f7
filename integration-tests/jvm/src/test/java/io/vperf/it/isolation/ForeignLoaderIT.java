package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.isolation.apps.Part;
import io.vperf.it.isolation.apps.PartActivator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class loaders that do not hand unknown packages to the boot loader, where the probe is. */
class ForeignLoaderIT {

    private static final String WORK = "io.vperf.it.isolation.apps.Part.work(int)";
    private static final String CONSTRUCTOR = "io.vperf.it.isolation.apps.Part.<init>(int)";

    private static void shouldHaveCounted(Dump dump, int calls) {
        assertThat(dump.calls(WORK)).isEqualTo(calls);
        assertThat(dump.calls(CONSTRUCTOR)).isEqualTo(calls);
        assertThat(dump.histogramCount("wall:" + WORK)).isEqualTo(calls);
    }

    private static Dump felix(Jdk jdk, Path folder, boolean guessing) throws IOException {
        Path bundle = Jars.of(
                folder.resolve("bundle.jar"),
                Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "part",
                        "Bundle-Activator", PartActivator.class.getName(),
                        "Import-Package", "org.osgi.framework"),
                Part.class,
                PartActivator.class);
        return new Trial(jdk, folder)
                .with(jvm -> jvm.classPath(Libs.classPath("felix")))
                .unharmed("io.vperf.it.isolation.apps.FelixHost", bundle.toUri().toString(), String.valueOf(guessing));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsInAnOsgiBundle(Jdk jdk, @TempDir Path folder) throws IOException {
        shouldHaveCounted(felix(jdk, folder, false), 500);
    }

    /** Felix's default: a class asked for by code outside of all bundles may come from the boot loader. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsInAnOsgiBundleOfAGuessingFramework(Jdk jdk, @TempDir Path folder) throws IOException {
        shouldHaveCounted(felix(jdk, folder, true), 500);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsInAJBossModule(Jdk jdk, @TempDir Path folder) throws IOException {
        Path module = folder.resolve("modules/part/main");
        Jars.of(module.resolve("part.jar"), Map.of(), Part.class);
        Files.writeString(module.resolve("module.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <module xmlns="urn:jboss:module:1.9" name="part">
                    <main-class name="io.vperf.it.isolation.apps.Part"/>
                    <resources><resource-root path="part.jar"/></resources>
                </module>
                """);
        Dump dump = new Trial(jdk, folder)
                .with(jvm -> jvm.classPath(Libs.jar("jboss-modules").toString()))
                .unharmed(
                        "org.jboss.modules.Main",
                        "-mp",
                        folder.resolve("modules").toString(),
                        "part",
                        "500");

        shouldHaveCounted(dump, 500);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsUnderALoaderThatKnowsNothingButTheJdk(Jdk jdk, @TempDir Path folder) {
        shouldHaveCounted(new Trial(jdk, folder).unharmed("io.vperf.it.isolation.apps.Throwaway", "1", "true"), 3);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotKeepLoadersThatFindTheProbe(Jdk jdk, @TempDir Path folder) {
        shouldHaveCounted(new Trial(jdk, folder).unharmed("io.vperf.it.isolation.apps.Throwaway", "200", "false"), 600);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotKeepLoadersThatWereGivenABridgeToTheProbe(Jdk jdk, @TempDir Path folder) {
        shouldHaveCounted(new Trial(jdk, folder).unharmed("io.vperf.it.isolation.apps.Throwaway", "200", "true"), 600);
    }
}
