package io.vperf.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the dump of a run in which one method was called once, as it is and with single words changed. */
final class VperfProofTest {

    private static final VperfProof PROOF = VperfProof.oneMethod();

    private final Path folder;

    VperfProofTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldAcceptADumpOfAllCalls() throws Exception {
        dump("", "");

        assertThat(PROOF.clocks("cpu=clock_gettime").check(new Trial(folder, 1, 0)))
                .isEqualTo("all 1 calls, wall by System.nanoTime, cpu by clock_gettime");
    }

    @Test
    void shouldRefuseAMissingCall() throws IOException {
        dump("", "");

        assertRefused(PROOF, 2, "1 calls measured of 2");
    }

    @Test
    void shouldRefuseACallThatIsInNoHistogram() throws IOException {
        dump("Tag=wall:", "Tag=other:");

        assertRefused(PROOF, 1, "0 values in the histograms of wall time in place of 1");
    }

    @Test
    void shouldRefuseACallWithoutCpuTime() throws IOException {
        dump("\"cpuUnknownCalls\":0", "\"cpuUnknownCalls\":1");

        assertRefused(PROOF, 1, "1 calls without CPU time in place of 0");
    }

    @Test
    void shouldRefuseCpuTimeWhereItIsSwitchedOff() throws IOException {
        dump("", "");

        assertRefused(PROOF.withoutCpu(), 1, "0 calls without CPU time in place of 1");
    }

    @Test
    void shouldRefuseAnotherClock() throws IOException {
        dump("", "");

        assertRefused(PROOF.clocks("cpu=rseq"), 1, "cpu=rseq was asked for, and clock_gettime is used");
    }

    @Test
    void shouldRefuseLosses() throws IOException {
        dump("\"health\":{}", "\"health\":{\"lostFrames\":3}");

        assertRefused(PROOF, 1, "lostFrames is 3");
    }

    @Test
    void shouldRefuseAnAgentThatDidNotStart() {
        assertRefused(PROOF, 1, "the agent did not start");
    }

    private void assertRefused(VperfProof proof, long calls, String why) {
        assertThatThrownBy(() -> proof.check(new Trial(folder, calls, 0)))
                .isInstanceOf(UnprovenException.class)
                .hasMessageContaining(why);
    }

    private void dump(String found, String replacement) throws IOException {
        try (InputStream in = Objects.requireNonNull(VperfProofTest.class.getResourceAsStream("first-call.hlog"))) {
            String dump = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(VperfDump.file(folder), dump.replace(found, replacement));
        }
    }
}
