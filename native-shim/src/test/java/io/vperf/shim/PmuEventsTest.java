package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of PMUs, by folders in the shape of sysfs on an Intel server, an AMD one, an arm64 machine, a guest. */
class PmuEventsTest {

    private static Capability<PerfEvent> parse(String machine, String event) {
        return new PerfEvents(Path.of("src/test/resources/pmu", machine)).parse(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "intel | cpu/instructions/ | 4 | 0xc0 | 0x0",
                "intel | cpu/cpu-cycles/u | 4 | 0x3c | 0x0",
                "intel | cpu/bus-cycles/ | 4 | 0x13c | 0x0",
                "intel | cpu/mem-loads/ | 4 | 0x1cd | 0x3",
                "intel | cpu/mem-loads,ldlat=30/ | 4 | 0x1cd | 0x1e",
                "intel | cpu/topdown-total-slots/ | 4 | 0x20003c | 0x0",
                "intel | cpu/event=0xc0/ | 4 | 0xc0 | 0x0",
                "intel | cpu/event=0xd1,umask=0x20,cmask=1,edge/ | 4 | 0x10420d1 | 0x0",
                "intel | cpu/event=60,inv=1/ | 4 | 0x80003c | 0x0",
                "intel | cpu/event=0xb7,umask=1,offcore_rsp=0xffffffffffffffff/ | 4 | 0x1b7 | 0xffffffffffffffff",
                "intel | cpu/config=0x10001c0,config1=7/ | 4 | 0x10001c0 | 0x7",
                "intel | msr/tsc/ | 9 | 0x0 | 0x0",
                "intel | msr/aperf/ | 9 | 0x1 | 0x0",
                "amd | cpu/instructions/ | 4 | 0xc0 | 0x0",
                "amd | cpu/stalled-cycles-backend/ | 4 | 0x100000087 | 0x0",
                "amd | cpu/event=0xfff,umask=0xff/ | 4 | 0xf0000ffff | 0x0",
                "arm64 | armv8_pmuv3/inst_retired/ | 8 | 0x8 | 0x0",
                "arm64 | armv8_pmuv3/event=0x11,long/ | 8 | 0x11 | 0x1",
            })
    void shouldPutFieldsWhereThePmuWantsThem(String machine, String name, int type, String config, String config1) {
        PerfEvent event = Loaded.value(parse(machine, name));

        assertThat(event.name()).isEqualTo(name);
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.config()).isEqualTo(Long.parseUnsignedLong(config.substring(2), 16));
        assertThat(event.config1()).isEqualTo(Long.parseUnsignedLong(config1.substring(2), 16));
    }

    @ParameterizedTest
    @CsvSource({
        "cpu/instructions/, true, false",
        "cpu/instructions/k, false, true",
        "cpu/instructions/ku, true, true",
        "cpu/instructions/:uk, true, true"
    })
    void shouldCountOnTheSidesAskedFor(String name, boolean user, boolean kernel) {
        PerfEvent event = Loaded.value(parse("intel", name));

        assertThat(event.user()).isEqualTo(user);
        assertThat(event.kernel()).isEqualTo(kernel);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "intel | cpus/instructions/ | there is no PMU cpus | Did you mean cpu?",
                "none | cpu/instructions/ | there is no PMU cpu | There are: msr, software. Virtual machines without",
                "intel | ../cpu/ | there is no PMU .. | There are:",
                "intel | cpu/../cpu/ | is not an event | perf list",
                "intel | cpu/../ | has no event or field .. | cpu/events",
                "intel | /instructions/ | there is no PMU without a name | There are:",
                "intel | cpu/instruction/ | has no event or field instruction | Did you mean instructions?",
                "intel | cpu/evnt=0x3c/ | has no event or field evnt | Did you mean event",
                "intel | cpu// | has no event or field without a name | cpu/events",
                "intel | cpu/topdown-total-slots.scale/ | has no event or field topdown-total-slots.scale | Did you mean",
                "intel | cpu/event=0x100/ | event=0x100 is too large | The largest is 0xff.",
                "intel | cpu/edge=2/ | edge=2 is too large | The largest is 0x1.",
                "intel | cpu/event=x/ | x is not a number | event=17 or event=0x11",
                "intel | cpu/event=/ | is not a number | event=17 or event=0x11",
                "intel | cpu/instructions/p | modifier p is not known | :ku (both)",
                "intel | uncore_imc_0/cas_count_read/ | counts for a whole processor, not for one thread | perf stat -a",
                "amd | amd_l3/event=1/ | counts for a whole processor, not for one thread | perf stat -a",
                "intel | tracepoint/config=1/ | tracepoints, probes and breakpoints are not counted | PMU events",
                "intel | breakpoint/config=1/ | tracepoints, probes and breakpoints are not counted | PMU events",
                "intel | kprobe/retprobe/ | tracepoints, probes and breakpoints are not counted | PMU events",
                "arm64 | wide_pmu/node_miss/ | the event wants a value for nodeid | Add nodeid=…",
            })
    void shouldSayWhatIsWrong(String machine, String name, String reason, String remedy) {
        Capability<PerfEvent> parsed = parse(machine, name);

        assertThat(Loaded.reason(parsed)).startsWith("counter " + name).contains(reason);
        assertThat(((Capability.Unavailable<PerfEvent>) parsed).remedy()).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource({"arm64, wide_pmu/event=1/", "arm64, wide_pmu/nodeid=3/"})
    void shouldUseThePartOfAPmuItKnows(String machine, String name) {
        assertThat(parse(machine, name)).isInstanceOf(Capability.Available.class);
        assertThat(Loaded.reason(parse(machine, "wide_pmu/more=1/")))
                .contains("config3:0-15, which vperf does not know");
    }

    @ParameterizedTest
    @CsvSource({"intel, true", "amd, true", "arm64, true", "none, false", "no-such-machine, false"})
    void shouldTellWhetherTheProcessorHasAPmu(String machine, boolean has) {
        Path devices = Path.of("src/test/resources/pmu", machine, "bus/event_source/devices");

        assertThat(new PmuFolder(devices).hasProcessorPmu()).isEqualTo(has);
    }
}
