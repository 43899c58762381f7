package io.vperf.benchmarks.calls;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** An event of the Flight Recorder for each call, without stack trace or threshold. */
public class JfrEventCall extends CallBenchmark {

    /** A file of all events would take gigabytes; the last of them prove as much. */
    private static final long KEPT_BYTES = 32L << 20;

    private final Recording recording = new Recording();

    public static Path file(Path folder) {
        return folder.resolve("events.jfr");
    }

    public static String eventName() {
        return CallEvent.NAME;
    }

    @Setup
    public void start() {
        recording.enable(CallEvent.class).withoutThreshold().withoutStackTrace();
        recording.setMaxSize(KEPT_BYTES);
        recording.start();
    }

    @Benchmark
    public void jfrEvent() {
        CallEvent event = new CallEvent();
        event.begin();
        Body.empty();
        event.commit();
    }

    @TearDown
    public void dump() throws IOException {
        recording.stop();
        recording.dump(file(Count.folder()));
        recording.close();
    }
}
