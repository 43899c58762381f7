package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.config.CpuSource;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.PerfPage;
import io.vperf.shim.PerfPages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A million calls, and ten with {@code -Psoak}, against the kernel's own answer. The figures are on the output. */
@Timeout(600)
class ClockDifferentialTest {

    private static final long CALLS = Long.getLong("differential.calls", 1_000_000);

    private final Natives natives = natives();

    private static Natives natives() {
        Capability<Natives> natives = Natives.load(Natives.defaultFolders());
        assumeTrue(natives instanceof Capability.Available, () -> "no native code: " + natives);
        return ((Capability.Available<Natives>) natives).value();
    }

    @ParameterizedTest
    @CsvSource({"RSEQ, 0.2", "SYSCALL, 0.1"})
    void shouldAgreeWithTheKernel(CpuSource kind, double share) throws Exception {
        agree(kind, share);
    }

    @Test
    void shouldAgreeWithTheKernelByPerfPages() throws Exception {
        Capability<PerfPage> page = PerfPages.of(natives).open();
        assumeTrue(page instanceof Capability.Available, () -> "no perf page: " + page);
        ((Capability.Available<PerfPage>) page).value().close();
        agree(CpuSource.PERF, 0.2);
    }

    private void agree(CpuSource kind, double share) throws InterruptedException {
        ClockDifferential.Outcome outcome = ClockDifferential.run(natives, kind, (long) (CALLS * share));

        System.out.println(outcome.summary());
        assertThat(outcome.broken()).as(outcome.summary()).isEmpty();
    }

    /** A JVM that looks at every call of native code, and one that verifies every class. */
    @ParameterizedTest
    @CsvSource({"-Xcheck:jni, 0.3", "-Xverify:all, 0.2"})
    void shouldAgreeWithTheKernelInAJvmThatChecks(String option, double share) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClockDifferential.class.getName(),
                        "rseq",
                        Long.toString((long) (CALLS * share)))
                .redirectErrorStream(true)
                .start();
        String output = output(process);

        System.out.println(option + ": " + output.strip());
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).doesNotContain("WARNING in native method", "FATAL ERROR", "BROKEN");
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
