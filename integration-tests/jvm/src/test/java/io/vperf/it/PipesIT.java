package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pipes that nobody reads from: opening one for writing waits for a reader, for ever. */
class PipesIT {

    private static final String HELLO = "io.vperf.it.apps.Hello";

    /** Said where the end of the JVM would not wait any longer. */
    private static final String GIVEN_UP = "the JVM ends without it";

    private static void mkfifo(Path pipe) throws Exception {
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotHoldUpTheEndForADumpThatNobodyReads(Jdk jdk, @TempDir Path folder) throws Exception {
        mkfifo(folder.resolve("pipe"));

        Jvm.Finished run = new Jvm(jdk, folder).agent("dump=pipe").run(HELLO, "10");

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .contains("cannot write " + folder.resolve("pipe") + ": nobody reads from this pipe")
                .contains(" could not be written to ", "lost; the report of the run has them")
                .contains("vperf report", HELLO + ".work(int)")
                .doesNotContain(GIVEN_UP);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPrintTheReportWhereNobodyReadsIt(Jdk jdk, @TempDir Path folder) throws Exception {
        mkfifo(folder.resolve("pipe"));

        Jvm.Finished run = new Jvm(jdk, folder).agent("dump=off,report=pipe").run(HELLO, "10");

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .contains("cannot write the report to pipe: nobody reads from this pipe; here it is")
                .contains(HELLO + ".work(int)")
                .doesNotContain(GIVEN_UP);
    }
}
