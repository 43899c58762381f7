package io.vperf.benchmarks;

import io.vperf.benchmarks.calls.JfrEventCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What recordings of the Flight Recorder show. */
final class JfrProofs {

    /** Of the calls in the stretch that the recording keeps. Warm-up may be in it, whose calls take longer. */
    private static final double LEAST_SHARE = 0.5;

    private JfrProofs() {}

    static Path timings(Path folder) {
        return folder.resolve("timings.jfr");
    }

    /** The recorder's own count of the method's invocations is that of the calls made. */
    static String timing(Trial trial) throws UnprovenException {
        long invocations = 0;
        try (RecordingFile file = new RecordingFile(timings(trial.folder()))) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.MethodTiming")) {
                    invocations = Math.max(invocations, event.getLong("invocations"));
                }
            }
        } catch (IOException e) {
            throw new UnprovenException("no recording", e);
        }
        return CountProof.equal(invocations, trial.calls());
    }

    /**
     * Only the last events are kept: there are as many of them as calls fit into the stretch they cover. What the
     * recorder itself says it lost is told.
     */
    static String events(Trial trial) throws UnprovenException {
        long kept = 0;
        long lostBytes = 0;
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        try (RecordingFile file = new RecordingFile(JfrEventCall.file(trial.folder()))) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.DataLoss" -> lostBytes += event.getLong("amount");
                    case "vperf.bench.Call" -> {
                        kept++;
                        first = event.getStartTime().isBefore(first) ? event.getStartTime() : first;
                        last = event.getStartTime().isAfter(last) ? event.getStartTime() : last;
                    }
                    default -> {}
                }
            }
        } catch (IOException e) {
            throw new UnprovenException("no recording", e);
        }
        if (kept < 2) {
            throw new UnprovenException("no event was kept");
        }
        double share = kept * trial.callNs() / Duration.between(first, last).toNanos();
        if (share < LEAST_SHARE) {
            throw new UnprovenException(String.format("events of %.0f %% of the calls only", 100 * share));
        }
        return String.format(
                "the last %,d events cover %.0f %% of the calls of their stretch, %,d bytes lost",
                kept, 100 * share, lostBytes);
    }
}
