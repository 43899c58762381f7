package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.select.Patterns;
import io.vperf.select.WrongPatternException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void shouldHaveTheDocumentedDefaults() {
        Options options = Reading.of(null).options();

        assertThat(options.dump()).isEqualTo(new Output.ToFile("vperf-%h-%p-%t.hlog"));
        assertThat(options.intervalNs()).isEqualTo(10_000_000_000L);
        assertThat(options.rotateBytes()).isEqualTo(100 * 1024 * 1024);
        assertThat(options.keepFiles()).isEqualTo(10);
        assertThat(options.report()).isEqualTo(new Output.Stderr());
        assertThat(options.sampleNs()).isEqualTo(100_000_000);
        assertThat(options.shortCallNs()).isEqualTo(50_000);
        assertThat(options.maxMethods()).isEqualTo(10_000);
        assertThat(options.backlogBytes()).isEqualTo(64 * 1024 * 1024);
        assertThat(options.nativeCode()).isTrue();
        assertThat(options.nativeDir()).isEmpty();
        assertThat(options.cpuTime()).isEqualTo(CpuSource.AUTO);
        assertThat(options.wall()).isEqualTo(WallSource.AUTO);
        assertThat(options.timeReference()).isEqualTo(new TimeSource.Off());
        assertThat(options.jmx()).isTrue();
        assertThat(options.http()).isEqualTo(new Listen.Off());
        assertThat(options.httpMaxMethods()).isEqualTo(200);
        assertThat(options.log()).isEqualTo(LogLevel.INFO);
    }

    @Test
    void shouldCarryEveryValueToItsOwnComponent() throws WrongPatternException {
        Options options = Reading.of(
                        "dump=d,interval=1s,rotate=1MB,keep=2,report=r,sample=20ms,short=3us,explain=off,slow-calls=6,slow=7ms,methods=4,include=a.**,exclude=b.**;@c.D,trivial=on,max-matched=7,budget=0.5%,"
                                + "backlog=5MB,native=off,native-dir=n,cpu=syscall,wall=tsc,"
                                + "counters=page-faults+r1c2,counter-reading=page,allocations=on,network=on,vmware=on,"
                                + "vmware.library=/g.so,vmware.pseudo-counters=on,timeref=[::1]:9,jmx=off,http=9464,http-max-methods=8,log=debug")
                .options();

        assertThat(options)
                .isEqualTo(new Options(
                        new Output.ToFile("d"),
                        1_000_000_000L,
                        1L << 20,
                        2,
                        new Output.ToFile("r"),
                        20_000_000,
                        3_000,
                        false,
                        6,
                        7_000_000,
                        4,
                        Patterns.parse("a.**"),
                        Patterns.parse("b.**;@c.D"),
                        true,
                        7,
                        5_000,
                        5L << 20,
                        false,
                        "n",
                        CpuSource.SYSCALL,
                        WallSource.TSC,
                        List.of("page-faults", "r1c2"),
                        CounterWay.PAGE,
                        true,
                        true,
                        true,
                        "/g.so",
                        true,
                        new TimeSource.Server("::1", 9),
                        false,
                        new Listen.At("127.0.0.1", 9464),
                        8,
                        LogLevel.DEBUG,
                        options.settings()));
    }

    @Test
    void shouldHaveOneComponentForEveryOptionButHelpAndConfig() {
        int optionsWithValue = OptionTable.ALL.size() - 2;

        assertThat(Options.class.getRecordComponents()).hasSize(optionsWithValue + 1);
    }

    @Test
    void shouldListWhatWasGivenWithItsOrigin() {
        Options options = Reading.of("dump='a,b',config=c.properties")
                .property("vperf.keep", "3")
                .environment("VPERF_NATIVE_DIR", "/n")
                .file("c.properties", "log=debug")
                .options();

        assertThat(options.given())
                .extracting(Setting::describe)
                .containsExactly(
                        "dump='a,b' (agent argument)",
                        "keep=3 (system property vperf.keep)",
                        "native-dir=/n (environment variable VPERF_NATIVE_DIR)",
                        "log=debug (config file c.properties)",
                        "config=c.properties (agent argument)");
    }

    @Test
    void shouldListADefaultThatSomebodyGave() {
        assertThat(Reading.of("interval=10s").options().given())
                .containsExactly(new Setting("interval", "10s", Source.AGENT_ARGUMENT, ""));
    }

    @Test
    void shouldKnowTheSourceOfDefaults() {
        assertThat(Reading.of(null).options().settings()).contains(new Setting("keep", "10", Source.DEFAULT, ""));
    }
}
