package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.Snapshots;
import io.vperf.record.CounterInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.record.ProbeCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterLinesTest {

    private static Histogram counts(long... values) {
        Histogram counts = new Histogram(2);
        for (long value : values) {
            counts.recordValue(value);
        }
        return counts;
    }

    private static IntervalSnapshot counted() {
        MethodInterval m = new MethodInterval(
                "m",
                2,
                2L,
                0L,
                20L,
                20L,
                0L,
                null,
                2,
                0,
                1,
                null,
                0,
                0,
                counts(10, 10),
                null,
                List.of(
                        new CounterInterval("cpu/event=0x3c,umask=1/u", 2, 1, 300, 200, 17, counts(100, 200)),
                        new CounterInterval("L1-dcache-load-misses:ku", 1, 0, 0, 0, 0, counts(0)),
                        new CounterInterval("context-switches", 0, 0, 0, 0, 0, counts())),
                null,
                null);
        return new IntervalSnapshot(
                1_000,
                2_000,
                List.of(m),
                null,
                null,
                null,
                Map.of(),
                80L,
                20L,
                List.of(new ProbeCount("context-switches", 0, 1)),
                null);
    }

    private String text() {
        return new String(new HlogEncoder(Snapshots.header()).interval(counted()), StandardCharsets.UTF_8);
    }

    @Test
    void shouldBeReadAsTheyWereWritten(@TempDir Path temp) {
        HlogText.Seen seen = HlogText.read(temp, new HlogEncoder(Snapshots.header()).interval(counted()));

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).singleElement().satisfies(read -> {
            assertThat(read.probeCounts()).isEqualTo(counted().probeCounts());
            assertThat(read.methods().get(0).counters())
                    .usingRecursiveComparison()
                    .ignoringFields("counts")
                    .isEqualTo(counted().methods().get(0).counters());
            for (int i = 0; i < 3; i++) {
                assertThat(read.methods().get(0).counters().get(i).counts())
                        .isEqualTo(counted().methods().get(0).counters().get(i).counts());
            }
        });
    }

    /** A colon ends a metric, a comma a tag. */
    @Test
    void shouldEscapeNamesInTags() {
        assertThat(text())
                .contains("Tag=counter.cpu/event%3D0x3c%2Cumask%3D1/u:m,", "Tag=counter.L1-dcache-load-misses%3Aku:m,")
                .doesNotContain("Tag=counter.context-switches") // of which nothing is known
                .contains(
                        "\"counters\":[{\"name\":\"cpu/event=0x3c,umask=1/u\",\"calls\":2,\"estimatedCalls\":1,\"sum\":300,"
                                + "\"comparableSum\":200,\"drawError\":17},");
    }

    @Test
    void shouldSayNothingWhereNobodyCounts() {
        String text =
                new String(new HlogEncoder(Snapshots.header()).interval(Snapshots.first()), StandardCharsets.UTF_8);

        assertThat(text).doesNotContain("counter.", "\"counters\"", "probeCounts");
    }
}
