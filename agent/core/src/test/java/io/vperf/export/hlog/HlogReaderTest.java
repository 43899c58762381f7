package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.Snapshots;
import io.vperf.network.LinkInterval;
import io.vperf.network.NetworkInterval;
import io.vperf.record.Correction;
import io.vperf.record.HostInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.steal.StealHiccups;
import io.vperf.steal.VcpuSteal;
import io.vperf.timeref.OutsideTime;
import io.vperf.timeref.Packets;
import io.vperf.timeref.Stop;
import io.vperf.timeref.Stops;
import io.vperf.timeref.Stretch;
import io.vperf.vmware.VmwareInterval;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlogReaderTest {

    private final Path temp;
    private final byte[] golden = HlogEncoderTest.golden().getBytes(StandardCharsets.UTF_8);

    HlogReaderTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private HlogText.Seen read(String text) {
        return HlogText.read(temp, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Histograms are not compared field by field: those that were read have another capacity. */
    private static void assertSame(MethodInterval read, MethodInterval written) {
        assertThat(read)
                .usingRecursiveComparison()
                .withEqualsForFieldsMatchingRegexes(
                        Objects::equals, ".*(wall|cpu|corrected|correctedLeast|correctedMost|stolen|counts)")
                .isEqualTo(written);
    }

    private static void assertSame(@Nullable StealHiccups read, @Nullable StealHiccups written) {
        if (read == null || written == null) {
            assertThat(read).isEqualTo(written);
            return;
        }
        for (int v = 0; v < written.vcpus().size(); v++) {
            assertThat(read.vcpus().get(v).windows())
                    .isEqualTo(written.vcpus().get(v).windows());
        }
    }

    private static IntervalSnapshot asked(@Nullable Stretch stretch, @Nullable String unknown, Stop... stops) {
        return new IntervalSnapshot(1, 2, List.of(), null, Map.of())
                .with(new HostInterval(
                        null,
                        null,
                        null,
                        new OutsideTime(
                                "db-1:9",
                                stretch,
                                unknown,
                                new Packets(8, 7, 1, 0),
                                new Stops(null, List.of(stops), 3))));
    }

    @Test
    void shouldReadBackWhatAnOutsideClockSaid() {
        List<IntervalSnapshot> written = List.of(
                asked(new Stretch(10, 11, 1, 2, 3.5, 0.25, 0, 7), null),
                asked(new Stretch(10, 99, 1, 2, null, null, 89, 7), null, new Stop(4, 5, 6, 7L, null)),
                asked(null, "no answer came"),
                new IntervalSnapshot(2, 3, List.of(), null, Map.of()));
        HlogEncoder encoder = new HlogEncoder(Snapshots.header());
        StringBuilder text = new StringBuilder(new String(encoder.header(), StandardCharsets.UTF_8));
        written.forEach(s -> text.append(new String(encoder.interval(s), StandardCharsets.UTF_8)));
        HlogText.Seen seen = read(text.toString());

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).isEqualTo(written);
        assertThat(text).contains("\"kind\":\"timeref\"").doesNotContain("null");
    }

    @Test
    void shouldNotUseHalfOfWhatAnOutsideClockSaid() {
        HlogText.Seen seen = read(HlogEncoderTest.golden()
                .replaceFirst("(#vperf [^\n]*\"kind\":\"interval\")", "#vperf {\"v\":1,\"kind\":\"timeref\"}\n$1"));

        assertThat(seen.troubles).singleElement().asString().contains("what the outside clock said is incomplete");
        assertThat(seen.intervals)
                .hasSize(2)
                .allSatisfy(i -> assertThat(i.host().outside()).isNull());
    }

    @Test
    void shouldReadFormatVersion1() {
        HlogText.Seen seen = HlogText.read(temp, golden);

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.runs).containsExactly(Snapshots.header());
        assertThat(seen.intervals).hasSize(2);
        assertThat(seen.ends).containsExactly(Snapshots.second().endMs());
        List<IntervalSnapshot> written = List.of(Snapshots.first(), Snapshots.second());
        for (int i = 0; i < 2; i++) {
            IntervalSnapshot read = seen.intervals.get(i);
            assertThat(read)
                    .usingRecursiveComparison()
                    .ignoringFields("methods", "hiccups.vcpus.windows")
                    .isEqualTo(written.get(i));
            assertSame(read.hiccups(), written.get(i).hiccups());
            assertThat(read.methods()).hasSameSizeAs(written.get(i).methods());
            for (int m = 0; m < read.methods().size(); m++) {
                assertSame(read.methods().get(m), written.get(i).methods().get(m));
            }
        }
    }

    /** Where none of a method's calls was drawn there are none to put into a histogram. */
    @Test
    void shouldReadCallsThatWereOnlyCounted() {
        List<MethodInterval> written = List.of(Snapshots.sampled(64, 0), Snapshots.sampled(8, 10));
        byte[] bytes =
                new HlogEncoder(Snapshots.header()).interval(new IntervalSnapshot(0, 1, written, null, Map.of()));
        HlogText.Seen seen = HlogText.read(temp, bytes);

        assertThat(seen.troubles).isEmpty();
        List<MethodInterval> read = seen.intervals.get(0).methods();
        assertThat(read).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertSame(read.get(i), written.get(i));
        }
    }

    @Test
    void shouldReadWhyAnIntervalIsNotCorrected() {
        IntervalSnapshot written = new IntervalSnapshot(
                0, 1, List.of(), List.of(), 7L, "the kernel was another", Map.of(), null, null, List.of(), null);
        HlogText.Seen seen = HlogText.read(temp, new HlogEncoder(Snapshots.header()).interval(written));

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).containsExactly(written);
    }

    @Test
    void shouldReadThatMeasuringWasSuspended() {
        IntervalSnapshot written = new IntervalSnapshot(0, 1, List.of(), null, Map.of()).with(true);
        HlogText.Seen seen = HlogText.read(temp, new HlogEncoder(Snapshots.header()).interval(written));

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).containsExactly(written);
    }

    @Test
    void shouldReadWhatPassedThroughTheNetwork() {
        NetworkInterval network = new NetworkInterval(
                List.of(
                        new LinkInterval("eth0", "virtio_net", Map.of("rx.bytes", 5L), null),
                        new LinkInterval("bond0", null, null, "its counters were set back in this interval")),
                List.of(new LinkInterval("mlx5_0/1", null, Map.of("port_rcv_data_bytes", 4L), null)),
                List.of("lo"),
                3,
                null);
        IntervalSnapshot written =
                new IntervalSnapshot(0, 1, List.of(), null, Map.of()).with(new HostInterval(network, null, null, null));
        HlogText.Seen seen = HlogText.read(temp, new HlogEncoder(Snapshots.header()).interval(written));

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).containsExactly(written);
    }

    @Test
    void shouldNotUseNetworkCountersThatAreDamaged() {
        HlogText.Seen seen = read("""
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2,"health":{},"network":{"interfaces":[{"counters":{}}],"ports":[],"still":[]}}
                #vperf {"v":1,"kind":"interval","startMs":2,"endMs":3,"health":{},"network":{"interfaces":[null],"ports":[],"still":[]}}
                #vperf {"v":1,"kind":"interval","startMs":3,"endMs":4,"health":{},"network":{"ports":[]}}
                #vperf {"v":1,"kind":"interval","startMs":3,"endMs":4,"health":{},"network":{"interfaces":[],"ports":[],"still":[null]}}
                """);
        assertThat(seen.intervals)
                .hasSize(4)
                .allSatisfy(i -> assertThat(i.host().network()).isNull());
    }

    @Test
    void shouldReadWhatVmwareTold() {
        VmwareInterval told = new VmwareInterval(
                Map.of("cpuShares", 2000L), Map.of(), Map.of("memShares", "not here"), "it was moved", null);
        IntervalSnapshot written = new IntervalSnapshot(0, 1, List.of(), null, Map.of())
                .with(new HostInterval(null, told, Map.of("elapsedNs", 5L), null));
        HlogText.Seen seen = HlogText.read(temp, new HlogEncoder(Snapshots.header()).interval(written));

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).containsExactly(written);
    }

    @Test
    void shouldNotUseVmwareFiguresThatAreDamaged() {
        HlogText.Seen seen = read("""
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2,"health":{},"vmware":{"values":{"a":null},"grown":{},"missing":{}},"vmwarePseudo":{"a":null}}
                #vperf {"v":1,"kind":"interval","startMs":2,"endMs":3,"health":{},"vmware":{}}
                """);
        assertThat(seen.intervals).hasSize(2).allSatisfy(i -> {
            assertThat(i.host().vmware()).isNull();
            assertThat(i.host().vmwarePseudo()).isNull();
        });
    }

    @Test
    void shouldTakeSumsOfZeroWithoutAHistogramForUnknown() {
        HlogText.Seen seen = read("""
                #vperf {"v":1,"kind":"method","name":"m","calls":7,"exceptions":0,"wallNs":0,"selfNs":0,"samplingFactor":64}
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2,"health":{}}
                """);
        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals.get(0).methods()).singleElement().satisfies(m -> {
            assertThat(m.calls()).isEqualTo(7);
            assertThat(m.exceptions()).isNull();
            assertThat(m.wallNs()).isNull();
            assertThat(m.selfNs()).isNull();
        });
    }

    /** They do not say how many calls were measured, which is known where that was every one, nor how many those made. */
    @Test
    void shouldReadTheFirstFiles() {
        String text = HlogEncoderTest.golden()
                .replaceAll("\"measured[A-Za-z]+\":\\d+,", "")
                .replaceAll("\"(least|most)StolenNs\":\\d+,", "")
                .replaceAll("\"cpuCorrectedNs\":\\d+,", "")
                .replaceAll(",\"onCreditNs\":\\d+", "")
                .replaceAll("Tag=(correctedLeast|correctedMost|cpuCorrected):.*\n", "")
                .replace(",\"probeInsideNs\":26", "")
                .replaceAll(",\"bursts\":.*?\\],\"burstsLeftOut\":0", "")
                .replaceAll("Tag=steal.*\n", "");
        HlogText.Seen seen = read(text);

        assertThat(text)
                .doesNotContain(
                        "\"measured", "Inside", "StolenNs", "cpuCorrectedNs", "Tag=correctedL", "burst", "Tag=steal");
        assertThat(seen.troubles).isEmpty();
        MethodInterval m = seen.intervals.get(0).methods().get(0);
        assertThat(m.measuredCalls()).isEqualTo(1003);
        assertThat(m.measuredCallees()).isNull();
        Correction c = Objects.requireNonNull(m.correction());
        assertThat(c.leastStolenNs()).isEqualTo(2_000_000);
        assertThat(c.mostStolenNs()).isEqualTo(4_000_000);
        assertThat(c.boundNs()).isEqualTo(1_000_000);
        assertThat(c.correctedLeast()).isNull();
        assertThat(c.correctedMost()).isNull();
        assertThat(c.cpuNs()).isNull();
        assertThat(c.cpu()).isNull();
        assertThat(seen.intervals.get(0).mostStolenNs()).isNull();
        assertThat(Objects.requireNonNull(seen.intervals.get(0).vcpus()))
                .extracting(VcpuSteal::onCreditNs)
                .containsOnlyNulls();
        assertThat(seen.intervals.get(0).probeNs()).isEqualTo(83);
        assertThat(seen.intervals.get(0).probeInsideNs()).isNull();
        assertThat(seen.intervals.get(0).hiccups()).isNull();
        HlogText.Seen sampled = read(text.replace("\"samplingFactor\":1", "\"samplingFactor\":8"));
        assertThat(sampled.intervals.get(0).methods().get(0).measuredCalls()).isNull();
    }

    /** As a kill −9 leaves it. */
    @Test
    void shouldReportCompleteIntervalsOnlyWhereverTheFileEnds() {
        String text = new String(golden, StandardCharsets.ISO_8859_1);
        int firstEnds = text.indexOf('\n', text.indexOf("\"kind\":\"interval\""));
        int secondEnds = text.indexOf('\n', text.lastIndexOf("\"kind\":\"interval\""));
        for (int length = 0; length <= golden.length; length++) {
            HlogText.Seen seen = HlogText.read(temp, Arrays.copyOf(golden, length));
            int complete = length >= secondEnds ? 2 : length >= firstEnds ? 1 : 0;
            assertThat(seen.intervals).as("after %d bytes", length).hasSize(complete);
            if (complete > 0) {
                assertThat(seen.intervals.get(0).methods()).hasSize(2);
            }
        }
    }

    @Test
    void shouldSayThatAnIntervalIsCutOff() {
        String text = HlogEncoderTest.golden();
        HlogText.Seen seen = read(text.substring(0, text.lastIndexOf("#vperf {\"v\":1,\"kind\":\"interval\"")));

        assertThat(seen.intervals).hasSize(1);
        assertThat(seen.troubles).singleElement().asString().contains("ends within an interval");
    }

    @Test
    void shouldSurviveAnyDamage() {
        Random random = new Random(42);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = golden.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            HlogText.Seen seen = HlogText.read(temp, damaged);
            for (IntervalSnapshot interval : seen.intervals) {
                assertThat(interval.health()).isNotNull();
            }
        }
    }

    @Test
    void shouldFindNothingInAForeignFile() {
        HlogText.Seen seen = read("""
                PK\003\004 not a log
                at all,,,
                \000\001
                """);
        assertThat(seen.runs).isEmpty();
        assertThat(seen.intervals).isEmpty();
        assertThat(seen.troubles).isEmpty();
    }

    @Test
    void shouldFindNothingInALogOfAnotherProgram() {
        HlogText.Seen seen = read("""
                #[Histogram log format version 1.3]
                "StartTimestamp","Interval_Length"
                0.127,1.007,2.769,HISTFAAAAEV42pNpmSz
                """);
        assertThat(seen.intervals).isEmpty();
        assertThat(seen.troubles).isEmpty();
    }

    @Test
    void shouldRefuseLinesOfANewerFormat() {
        HlogText.Seen seen = read("""
                #vperf {"v":2,"kind":"run","run":{}}
                #vperf {"v":2,"kind":"interval","startMs":1,"endMs":2,"health":{}}
                """);
        assertThat(seen.runs).isEmpty();
        assertThat(seen.intervals).isEmpty();
        assertThat(seen.troubles).hasSize(2).allSatisfy(t -> assertThat(t).contains("newer vperf", "version 2"));
    }

    @Test
    void shouldPassOverKindsAndFieldsThatItDoesNotKnow() {
        HlogText.Seen seen = read("""
                #vperf {"v":1,"kind":"weather","sun":true}
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2,"health":{},"moon":[1]}
                """);
        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).singleElement().satisfies(i -> {
            assertThat(i.endMs()).isEqualTo(2);
            assertThat(i.vcpus()).isNull();
        });
    }

    @Test
    void shouldTellLinesItCannotUseWithTheirNumber() {
        HlogText.Seen seen = read("""
                #vperf {
                #vperf {"v":1}
                Tag=x
                Tag=x,0,1,2,!!!
                #vperf {"v":1,"kind":"method","name":"m","calls":1,"wallNs":5,"samplingFactor":64}
                """);
        assertThat(seen.troubles).hasSize(5);
        for (int line = 1; line <= 5; line++) {
            assertThat(seen.troubles.get(line - 1)).startsWith(line + ": ");
        }
        assertThat(seen.troubles.get(4)).contains("the histogram of m is missing");
    }

    /** As of completions of which none has come, or calls none of which was measured. */
    @Test
    void shouldTakeIntervalsThatBeginWithAMethodWithoutAHistogram() {
        String steal = "Tag=steal:vcpu0,%s,0.200,0.000,HISTFAAAABx42pNpmSzMwMDAyAABTFAazrf/AGFwAAA8twKE\n";
        String method = """
                #vperf {"v":1,"kind":"method","name":"m [completion]","calls":0,"wallNs":0,"inFlight":7,"samplingFactor":1}
                """;
        String end = """
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2,"health":{}}
                """;

        HlogText.Seen seen = read(steal.formatted("1.0") + end + method + steal.formatted("2.0") + end);

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).hasSize(2);
        assertThat(seen.intervals.get(1).methods()).hasSize(1);
    }

    /** They can be read, and would be added to the sums. */
    @Test
    void shouldTellNumbersBelowZero() {
        HlogText.Seen seen = read("""
                #vperf {"v":1,"kind":"method","name":"m","calls":-1,"samplingFactor":1}
                #vperf {"v":1,"kind":"method","name":"m","calls":0,"wallNs":-5,"samplingFactor":1}
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2,"health":{"dropped":-7}}
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2,"health":{},"vcpus":[{"vcpu":0,"stolenNs":-1}]}
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2,"health":{},"vcpus":[null]}
                #vperf {"v":1,"kind":"interval","startMs":-1,"endMs":2,"health":{}}
                Tag=wall:m,NaN,10.0,1.0,HISTFAAAAEV42pNpmSz
                """);
        assertThat(seen.intervals).isEmpty();
        assertThat(seen.troubles)
                .hasSize(7)
                .allSatisfy(t -> assertThat(t).contains("cannot be read and is left out: "));
        assertThat(seen.troubles.get(0)).contains("calls is -1, which cannot be below 0");
        assertThat(seen.troubles.get(2)).contains("health.dropped is -7");
        assertThat(seen.troubles.get(4)).contains("a part of its vcpus is missing");
        assertThat(seen.troubles.get(6)).contains("its start, NaN, is no time");
    }

    @Test
    void shouldNotPassOnRunsAndIntervalsThatLackTheirParts() {
        HlogText.Seen seen = read("""
                #vperf {"v":1,"kind":"run"}
                #vperf {"v":1,"kind":"run","run":{}}
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2}
                """);
        assertThat(seen.runs).isEmpty();
        assertThat(seen.intervals).isEmpty();
        assertThat(seen.troubles).hasSize(3);
    }
}
