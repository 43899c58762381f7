package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProxiesIT {

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsThroughProxiesAndGeneratedSubclassesOnce(Jdk jdk, @TempDir Path folder)
            throws URISyntaxException {
        Path byteBuddy = Path.of(ByteBuddy.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        Jvm.Finished run = new Jvm(jdk, folder)
                .classPath(Jvm.APPS + ":" + Jvm.ANNOTATIONS + ":" + byteBuddy)
                .run("io.vperf.it.apps.Proxies");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.printed("copied")).isEqualTo(1);
        Dump dump = run.dump();
        assertThat(dump.methods())
                .containsExactlyInAnyOrder(
                        "io.vperf.it.apps.Proxies$RealService.serve(int)", "io.vperf.it.apps.Proxies$Target.work(int)");
        assertThat(dump.calls("io.vperf.it.apps.Proxies$RealService.serve(int)"))
                .isEqualTo(3);
        assertThat(dump.calls("io.vperf.it.apps.Proxies$Target.work(int)")).isEqualTo(4 * 5);
        assertThat(dump.health("suppressedErrors")).isZero();
    }
}
