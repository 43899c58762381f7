package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that do themselves what vperf does inside them, or that would notice it there. */
class HostileApplicationIT {

    private static final String APPS = "io.vperf.it.isolation.apps.";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotPrintThroughTheApplicationsMeasuredStreams(Jdk jdk, @TempDir Path folder) {
        String app = APPS + "OwnStreams";
        Dump dump = new Trial(jdk, folder).unharmed(app);

        assertThat(dump.calls(app + "$Counting.println(java.lang.String)")).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountMethodsOfThreadAndThreadLocalSubclasses(Jdk jdk, @TempDir Path folder) {
        String app = APPS + "OwnThreads";
        Dump dump = new Trial(jdk, folder).unharmed(app);

        assertThat(dump.calls(app + "$Worker.<init>(int)")).isEqualTo(50);
        assertThat(dump.calls(app + "$Worker.run()")).isEqualTo(50);
        assertThat(dump.calls(app + "$Local.get()")).isEqualTo(50);
        assertThat(dump.calls(app + "$Local.initialValue()")).isEqualTo(50);
        assertThat(dump.calls(app + "$Worker.hashCode()"))
                .as("by vperf's own work")
                .isZero();
        assertThat(dump.calls(app + "$Worker.equals(java.lang.Object)"))
                .as("by vperf's own work")
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldHaveNoThreadThatKeepsTheJvmAlive(Jdk jdk, @TempDir Path folder) {
        Dump dump = new Trial(jdk, folder).unharmed(APPS + "ThreadLister");

        assertThat(dump.calls(APPS + "ThreadLister.work()")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountExactlyWhereTheJvmEndsAmidDumps(Jdk jdk, @TempDir Path folder) throws IOException {
        Dump dump = new Trial(jdk, folder).agentOptions("interval=100ms").unharmed(APPS + "Busy", "1000");

        long calls = Long.parseLong(Files.readString(folder.resolve("with/calls")));
        assertThat(dump.calls(APPS + "Busy.work(long)")).isEqualTo(calls);
        assertThat(dump.histogramCount("wall:" + APPS + "Busy.work(long)")).isEqualTo(calls);
        assertThat(dump.lines("interval")).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotDisturbTheApplicationsChildProcesses(Jdk jdk, @TempDir Path folder) {
        Dump dump = new Trial(jdk, folder).agentOptions("interval=100ms").unharmed(APPS + "Forker", "20");

        assertThat(dump.calls(APPS + "Forker.run(int)")).isEqualTo(20);
    }
}
