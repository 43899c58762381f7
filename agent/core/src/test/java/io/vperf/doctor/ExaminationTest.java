package io.vperf.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.config.ConfigReader;
import io.vperf.config.Options;
import io.vperf.config.Parsed;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of this machine. */
class ExaminationTest {

    private static final Path ROOT = Path.of("/");

    private static Options options(String text) {
        return ((Parsed.Ok) ConfigReader.ofThisProcess().read(text)).options();
    }

    @Test
    void shouldLookAtEverythingThatAgentsUse() {
        Diagnosis diagnosis = Examination.run(ROOT, options("dump=/tmp/x.hlog"));

        assertThat(diagnosis.findings())
                .extracting(Finding::name)
                .contains(
                        "wall time",
                        "CPU time",
                        "steal",
                        "steal in CPU time",
                        "dump folder",
                        "native code",
                        "C shim",
                        "network counters",
                        "VMware's library",
                        "host's clock",
                        "CPU quota");
        assertThat(diagnosis.findings()).allSatisfy(f -> assertThat(f.detail()).isNotBlank());
        assertThat(diagnosis.machine())
                .extracting(Fact::name)
                .contains("host", "JVM", "kernel", "hypervisor", "container");
        assertThat(diagnosis.costsNs()).containsKeys("wall time", "wall and CPU time", "a sample of /proc/stat");
    }

    @Test
    void shouldSayWhatIsMissingWithoutNativeCode() {
        Diagnosis diagnosis = Examination.run(ROOT, options("native=off"));

        assertThat(diagnosis.isFit()).isFalse();
        assertThat(diagnosis.findings())
                .filteredOn(f -> f.name().equals("steal"))
                .singleElement()
                .satisfies(steal -> {
                    assertThat(steal.verdict()).isEqualTo(Verdict.IMPOSSIBLE);
                    assertThat(steal.detail()).contains("native=off");
                    assertThat(steal.remedy()).isEqualTo("remove native=off");
                });
        assertThat(diagnosis.findings())
                .filteredOn(f -> f.name().equals("CPU time"))
                .singleElement()
                .satisfies(cpu -> assertThat(cpu.verdict()).isEqualTo(Verdict.LIMITED));
    }

    @Test
    void shouldSeeAnotherProcess() {
        Capability<Diagnosis> own =
                OtherProcess.examine(ROOT, ProcessHandle.current().pid());

        List<Finding> findings = ((Capability.Available<Diagnosis>) own).value().findings();
        assertThat(findings).contains(Finding.ok("namespaces", "the same as here"));
        assertThat(((Capability.Available<Diagnosis>) own).value().machine())
                .extracting(Fact::name)
                .contains("command", "container", "cpuset");
    }

    @Test
    void shouldSayThatThereIsNoSuchProcess() {
        assertThat(OtherProcess.examine(ROOT, 4_194_305))
                .isInstanceOfSatisfying(
                        Capability.Unavailable.class,
                        none -> assertThat(none.reason()).contains("no process 4194305"));
    }
}
