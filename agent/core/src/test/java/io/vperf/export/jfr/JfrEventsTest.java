package io.vperf.export.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.Snapshots;
import io.vperf.record.Correction;
import io.vperf.record.IntervalSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings, of this JVM. */
class JfrEventsTest {

    private static final String METHOD = "io.vperf.MethodInterval";

    /** Registered once, as events are; each test says what it does. */
    private static volatile Runnable atChunkEnd = () -> {};

    @TempDir
    Path folder = Path.of(".");

    @BeforeAll
    static void register() {
        JfrEvents.register(() -> atChunkEnd.run());
    }

    @AfterEach
    void doNothingAtChunkEnd() {
        atChunkEnd = () -> {};
    }

    private List<RecordedEvent> recorded(IntervalSnapshot snapshot, String disabled) throws IOException {
        Path file = folder.resolve("a.jfr");
        try (Recording recording = new Recording()) {
            recording.disable(disabled);
            recording.start();
            JfrEvents.commit(snapshot);
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.vperf."))
                .toList();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    void shouldHoldTheFiguresOfTheSnapshot() throws IOException {
        List<RecordedEvent> events = recorded(Snapshots.first(), "none");

        RecordedEvent method = named(events, METHOD).get(0);
        assertThat(method.getString("method")).isEqualTo("shop.Order.total(long[],java.lang.String)");
        assertThat(method.getLong("calls")).isEqualTo(1003);
        assertThat(method.getDuration("wall").toNanos()).isEqualTo(15_000_000);
        assertThat(method.getDuration("stolen").toNanos()).isEqualTo(3_000_000);
        assertThat(method.getDuration("stolenBound").toNanos()).isEqualTo(1_000_000);
        assertThat(method.getDuration("max").toNanos())
                .isEqualTo(Snapshots.corrected().wall().getMaxValue());
        assertThat(method.getDuration("correctedP999").toNanos())
                .isEqualTo(Objects.requireNonNull(Snapshots.corrected().corrected())
                        .getValueAtPercentile(99.9));
        assertThat(method.getDuration("correctedP50Bound").toNanos()).isZero();
        Correction correction = Objects.requireNonNull(Snapshots.corrected().correction());
        assertThat(method.getDuration("correctedMaxBound").toNanos())
                .isEqualTo(correction.corrected().getMaxValue()
                        - correction.least().getMaxValue());
        assertThat(method.getInstant("intervalEnd").toEpochMilli())
                .isEqualTo(Snapshots.first().endMs());
        assertThat(named(events, "io.vperf.Vcpu"))
                .extracting(event -> event.getDuration("stolen").toMillis())
                .containsExactly(30L, 0L);
        assertThat(named(events, "io.vperf.Interval").get(0).getString("health"))
                .isEqualTo("clampedToWall: 2");
    }

    @Test
    void shouldNotTakeWhatIsUnknownForZero() throws IOException {
        List<RecordedEvent> events = recorded(Snapshots.second(), "none");

        RecordedEvent method = named(events, METHOD).get(0);
        for (String field : List.of(
                "cpu", "stolen", "stolenBound", "corrected", "correctedP50", "correctedP50Bound", "partRunning")) {
            assertThat(method.getLong(field)).as(field).isEqualTo(Long.MIN_VALUE);
        }
        assertThat(method.toString()).contains("stolen = N/A").doesNotContain("stolen = 0");
        assertThat(named(events, "io.vperf.Vcpu")).isEmpty();
        assertThat(named(events, "io.vperf.Interval").get(0).getLong("mostStolen"))
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldLeaveOutWhatARecordingDoesNotWant() throws IOException {
        List<RecordedEvent> events = recorded(Snapshots.first(), METHOD);

        assertThat(named(events, METHOD)).isEmpty();
        assertThat(named(events, "io.vperf.Interval")).hasSize(1);
    }

    @Test
    void shouldEndTheIntervalBeforeARecordingEnds() throws IOException {
        AtomicInteger ended = new AtomicInteger();
        Path file = folder.resolve("a.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            atChunkEnd = () -> {
                ended.incrementAndGet();
                JfrEvents.commit(Snapshots.first());
            };
            recording.stop();
            recording.dump(file);
        }
        assertThat(ended).hasPositiveValue();
        assertThat(RecordingFile.readAllEvents(file))
                .anyMatch(event -> event.getEventType().getName().equals(METHOD));
    }
}
