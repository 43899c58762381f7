package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On a machine that is no VMware guest, with a library that plays one. */
class VmwareIT {

    private static final String APP = "io.vperf.it.apps.Hello";
    private static final Path SOURCES = Path.of("../../agent/core/src/test/c");

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteWhatTheLibrarySays(Jdk jdk, @TempDir Path folder) {
        Path library = CLibrary.compile(SOURCES, "guestlib_vm", folder);
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("vmware=on,vmware.library=" + library)
                .run(APP, "10");

        List<JsonObject> intervals = run.dump().lines("interval");
        assertThat(intervals).isNotEmpty().allSatisfy(interval -> {
            JsonObject vmware = interval.getAsJsonObject("vmware");
            assertThat(vmware.getAsJsonObject("values").get("memTargetSizeMB").getAsLong())
                    .isGreaterThan(1L << 40);
            assertThat(vmware.getAsJsonObject("grown").get("cpuStolenMs").getAsLong())
                    .isEqualTo(4);
            assertThat(interval.has("vmwarePseudo")).isFalse();
        });
        assertThat(run.err())
                .contains("VMware, of the whole virtual machine\n  stolen ")
                .doesNotContain("vperf: ");
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayWhyThereIsNothingOfVmware(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("vmware=on,vmware.pseudo-counters=on")
                .run(APP, "10");

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .contains(
                        "vperf: vmware=on: there is none in this run: CPUID says that this is no VMware virtual machine\n")
                .contains("vperf: vmware.pseudo-counters=on: there is none in this run: CPUID says")
                .doesNotContain("VMware, of the whole");
        assertThat(run.dump().lines("interval")).noneMatch(i -> i.has("vmware") || i.has("vmwarePseudo"));
        assertThat(run.dump().run().getAsJsonArray("capabilities").toString())
                .contains("{\"name\":\"vmware\",\"available\":false")
                .contains("{\"name\":\"vmware.pseudo-counters\",\"available\":false");
    }

    /** The command that an agent starts in a VMware virtual machine; here it dies, and leaves nothing behind. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeAloneInDyingOfPseudoCounters(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).cli("try-pseudo-counters");

        assertThat(run.status()).isNotZero();
        assertThat(run.out()).startsWith("reading pseudo counters\n").doesNotContain("can be read");
    }
}
