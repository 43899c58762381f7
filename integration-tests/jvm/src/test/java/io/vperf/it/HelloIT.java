package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelloIT {

    private static final String WORK = "io.vperf.it.apps.Hello.work(int)";
    private static final String WORK_LINES = Pattern.quote(WORK) + "\n";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountEveryCallAndSayNothingButTheReport(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).run("io.vperf.it.apps.Hello", "1000");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("calls=1000 ");
        assertThat(run.err()).startsWith("vperf report").contains(WORK);
        Dump dump = run.dump();
        assertThat(dump.calls(WORK)).isEqualTo(1000);
        assertThat(dump.histogramCount("wall:" + WORK)).isEqualTo(1000);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldKnowWhatItCosts(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).verified().run("io.vperf.it.apps.Hello", "20000");

        Dump dump = run.dump();
        assertThat(dump.lines("interval"))
                .last()
                .satisfies(i -> assertThat(i.get("probeNs").getAsLong()).isPositive())
                .satisfies(i -> assertThat(i.get("probeInsideNs").getAsLong()).isPositive());
        assertThat(run.err())
                .containsPattern("\n  probe  .* a call when last measured, .* at the start, before it was compiled\n");
        assertThat(run.err())
                .containsPattern(WORK_LINES
                        + "(.+\n)+  probes: (at most )?[\\d.]+ .s a call, ([\\d.]+ % of|.*more than the) total");
        assertThat(dump.health("suppressedErrors")).isZero();
    }
}
