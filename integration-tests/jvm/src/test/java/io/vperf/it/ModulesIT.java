package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModulesIT {

    private static final String APP = """
            package app;
            public final class Main {
                public static void main(String[] args) throws Exception {
                    for (int i = 0; i < 5; i++) {
                        work();
                        lib.Lib.help();
                    }
                    var plugins = java.lang.module.ModuleFinder.of(java.nio.file.Path.of(args[0]));
                    var boot = ModuleLayer.boot();
                    var layer = boot.defineModulesWithOneLoader(
                            boot.configuration().resolve(plugins, java.lang.module.ModuleFinder.of(),
                                    java.util.Set.of("plug")),
                            null);
                    Runnable plug = (Runnable) layer.findLoader("plug").loadClass("plug.Plug")
                            .getDeclaredConstructor().newInstance();
                    for (int i = 0; i < 7; i++) {
                        plug.run();
                    }
                    System.out.println(Main.class.getModule() + " " + plug.getClass().getModule());
                }
                @io.vperf.annotations.Measured
                static void work() {}
            }
            """;

    private static final String LIB = """
            package lib;
            @io.vperf.annotations.Measured
            public final class Lib {
                public static void help() {}
            }
            """;

    private static final String PLUG = """
            package plug;
            public final class Plug implements Runnable {
                @io.vperf.annotations.Measured
                public Plug() {}
                @Override
                @io.vperf.annotations.Measured
                public void run() {}
            }
            """;

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureNamedModulesOfTheBootLayerAndOfAnother(Jdk jdk, @TempDir Path folder) {
        // The annotation as a module that is there when compiling and absent at run time.
        Path annotations = new Sources(jdk, folder.resolve("src-annotations"))
                .file("module-info.java", "module io.vperf.annotations { exports io.vperf.annotations; }")
                .compile(folder.resolve("annotations"), "--patch-module", "io.vperf.annotations=" + Jvm.ANNOTATIONS);
        Path modules = folder.resolve("modules");
        String[] path = {"-p", annotations + ":" + modules, "--patch-module", "io.vperf.annotations=" + Jvm.ANNOTATIONS
        };
        new Sources(jdk, folder.resolve("src-lib"))
                .file("module-info.java", "module lib { requires static io.vperf.annotations; exports lib; }")
                .file("lib/Lib.java", LIB)
                .compile(modules.resolve("lib"), path);
        new Sources(jdk, folder.resolve("src-app"))
                .file("module-info.java", "module app { requires static io.vperf.annotations; requires lib; }")
                .file("app/Main.java", APP)
                .compile(modules.resolve("app"), path);
        Path plugins = folder.resolve("plugins");
        new Sources(jdk, folder.resolve("src-plug"))
                .file("module-info.java", "module plug { requires static io.vperf.annotations; exports plug; }")
                .file("plug/Plug.java", PLUG)
                .compile(plugins.resolve("plug"), path);

        Jvm.Finished run = new Jvm(jdk, folder)
                .classPath("")
                .option("-p")
                .option(modules.toString())
                .run("-m", "app/app.Main", plugins.toString());

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.out()).isEqualTo("module app module plug\n");
        Dump dump = run.dump();
        assertThat(dump.calls("app.Main.work()")).isEqualTo(5);
        assertThat(dump.calls("lib.Lib.help()")).isEqualTo(5);
        assertThat(dump.calls("plug.Plug.run()")).isEqualTo(7);
        assertThat(dump.calls("plug.Plug.<init>()")).isEqualTo(1);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldRefuseAMarkedClassOfJavaBase(Jdk jdk, @TempDir Path folder) throws IOException {
        Path patch = folder.resolve("patch");
        new ByteBuddy(ClassFileVersion.JAVA_V17)
                .subclass(Object.class)
                .name("java.util.VperfPatched")
                .defineMethod("work", int.class, Modifier.PUBLIC | Modifier.STATIC)
                .intercept(FixedValue.value(42))
                .annotateMethod(
                        AnnotationDescription.Builder.ofType(Measured.class).build())
                .make()
                .saveIn(patch.toFile());

        Jvm.Finished run = new Jvm(jdk, folder)
                .option("--patch-module=java.base=" + patch)
                .run("io.vperf.it.apps.Reflective", "java.util.VperfPatched", "work");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.out()).isEqualTo("42\n".repeat(10));
        assertThat(run.err())
                .containsOnlyOnce("vperf: java.util.VperfPatched carries @Measured but is a class of java.base")
                .contains("Mark the methods that call it instead");
    }
}
