package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.RunHeader;
import io.vperf.export.Snapshots;
import io.vperf.record.IntervalSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

class HlogEncoderTest {

    private final HlogEncoder encoder = new HlogEncoder(Snapshots.header());

    private String text() {
        return new String(encoder.header(), StandardCharsets.UTF_8)
                + new String(encoder.interval(Snapshots.first()), StandardCharsets.UTF_8)
                + new String(encoder.interval(Snapshots.second()), StandardCharsets.UTF_8)
                + new String(encoder.end(Snapshots.second().endMs()), StandardCharsets.UTF_8);
    }

    static String golden() {
        try (InputStream in =
                Objects.requireNonNull(HlogEncoderTest.class.getResourceAsStream("golden-version-1.hlog"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A change here is a change of the file format: see {@link Lines#VERSION}. */
    @Test
    void shouldWriteFormatVersion1() {
        assertThat(HlogText.readable(text())).isEqualTo(HlogText.readable(golden()));
    }

    @Test
    void shouldBeReadByHdrHistogramsOwnReader() {
        HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8)));
        List<String> tags = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (EncodableHistogram h = reader.nextIntervalHistogram(); h != null; h = reader.nextIntervalHistogram()) {
            tags.add(h.getTag());
            counts.add(((Histogram) h).getTotalCount());
            assertThat(h.getStartTimeStamp()).isBetween(Snapshots.STARTED_MS, Snapshots.STARTED_MS + 5_000);
        }

        String name = "shop.Order.total(long[]%2Cjava.lang.String)";
        assertThat(tags)
                .containsExactly(
                        "wall:" + name,
                        "corrected:" + name,
                        "correctedLeast:" + name,
                        "correctedMost:" + name,
                        "cpu:" + name,
                        "cpuCorrected:" + name,
                        "stolen:" + name,
                        "steal:vcpu0",
                        "steal:vcpu1",
                        "wall:Gr%C3%B6%C3%9Fe%2C%20a%20b");
        assertThat(counts).containsExactly(1003L, 1003L, 1003L, 1003L, 1003L, 1003L, 1003L, 3L, 3L, 1L);
    }

    /** Invariant 3. */
    @Test
    void shouldLeaveOutWhatIsUnknown() {
        String second = new String(encoder.interval(Snapshots.second()), StandardCharsets.UTF_8);

        assertThat(second)
                .doesNotContain(
                        "stolenNs",
                        "correctedNs",
                        "boundNs",
                        "cpuNs",
                        "cpuCorrectedNs",
                        "StolenNs",
                        "vcpus",
                        "bursts",
                        "tainted",
                        "null")
                .doesNotContain("Tag=corrected", "Tag=stolen", "Tag=cpu", "Tag=steal")
                .contains("\"cpuUnknownCalls\":1");
    }

    /** Invariant 3. */
    @Test
    void shouldLeaveOutTimesOfCallsNoneOfWhichWasMeasured() {
        IntervalSnapshot snapshot = new IntervalSnapshot(0, 1, List.of(Snapshots.sampled(64, 0)), null, Map.of());
        String text = new String(encoder.interval(snapshot), StandardCharsets.UTF_8);

        assertThat(text)
                .contains("\"calls\":7", "\"samplingFactor\":64")
                .doesNotContain("wallNs", "selfNs", "cpuNs", "exceptions", "Tag=", "null");
    }

    @Test
    void shouldTellWhatSumsOfDrawnCallsAreWorth() {
        IntervalSnapshot snapshot = new IntervalSnapshot(0, 1, List.of(Snapshots.sampled(64, 10)), null, Map.of());

        assertThat(new String(encoder.interval(snapshot), StandardCharsets.UTF_8))
                .contains(
                        "\"samplingFactor\":64,\"estimate\":{\"countedCallees\":0,\"drawnCalls\":10,\"probeNs\":19200,\"waitsNs\":1920,\"selfWaitsNs\":1280,"
                                + "\"wallErrorNs\":3200,\"selfErrorNs\":2560,\"cpuErrorNs\":1920,\"recursive\":false}");
    }

    @Test
    void shouldKeepEachCommentOnItsLine() {
        RunHeader h = Snapshots.header();
        RunHeader broken = new RunHeader(
                h.version(),
                h.startedMs(),
                h.pid(),
                "a\nTag=x\rTag=y",
                h.jvm(),
                h.kernel(),
                h.vcpus(),
                h.hypervisor(),
                h.kernelKind(),
                h.steal(),
                h.clocks(),
                h.costsNs(),
                Map.of("k", "v\r\nTag=z"),
                h.capabilities(),
                h.shortNs(),
                h.intervalNs());
        String text = new String(new HlogEncoder(broken).header(), StandardCharsets.UTF_8);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).matches("(#|\"StartTimestamp).*"));
    }
}
