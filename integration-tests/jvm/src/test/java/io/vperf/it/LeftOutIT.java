package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeftOutIT {

    /** Three bytes each; with what stands around them 7,992 bytes, to which any probe adds more than 8. */
    private static final int INCREMENTS = 2_662;

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveOutAMethodThatProbesWouldMakeTooHugeToCompile(Jdk jdk, @TempDir Path folder) {
        Path classes = new Sources(jdk, folder.resolve("src"))
                .file("Huge.java", """
                        public class Huge {
                            public static int both() { return huge() + small(); }
                            @io.vperf.annotations.Measured static int small() { return 1; }
                            @io.vperf.annotations.Measured static int huge() {
                                int x = 0;
                                %s
                                return x;
                            }
                        }
                        """.formatted("x++;\n".repeat(INCREMENTS)))
                .compile(folder.resolve("classes"), "-cp", Jvm.ANNOTATIONS.toString());

        Jvm.Finished run = new Jvm(jdk, folder)
                .classPath(classes + ":" + Jvm.APPS)
                .run("io.vperf.it.apps.Reflective", "Huge", "both");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.out()).isEqualTo((INCREMENTS + 1 + "\n").repeat(10));
        Dump dump = run.dump();
        assertThat(dump.calls("Huge.small()")).isEqualTo(10);
        assertThat(dump.methods()).containsExactly("Huge.small()");
        assertThat(dump.health("methodsTooHuge")).isEqualTo(1);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureAClassWhoseSignaturesReferToMissingClasses(Jdk jdk, @TempDir Path folder) throws IOException {
        Path classes = new Sources(jdk, folder.resolve("src"))
                .file("Missing.java", "public class Missing extends RuntimeException {}")
                .file("Lacking.java", """
                        public class Lacking {
                            @io.vperf.annotations.Measured public static int work() { return 1; }
                            @io.vperf.annotations.Measured static Missing make(Missing m) throws Missing {
                                return m;
                            }
                            @io.vperf.annotations.Measured Lacking(Missing m) {}
                            Missing field;
                        }
                        """)
                .compile(folder.resolve("classes"), "-cp", Jvm.ANNOTATIONS.toString());
        Files.delete(classes.resolve("Missing.class"));

        Jvm.Finished run = new Jvm(jdk, folder)
                .classPath(classes + ":" + Jvm.APPS)
                .run("io.vperf.it.apps.Reflective", "Lacking", "work");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.dump().calls("Lacking.work()")).isEqualTo(10);
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }
}
