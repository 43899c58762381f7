package io.vperf;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.config.ConfigReader;
import io.vperf.config.Options;
import io.vperf.config.Output;
import io.vperf.config.Parsed;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on this machine, as it is. */
class SessionTest {

    private final TestHealth health = new TestHealth();
    private final Path dump;
    private final Path report;

    SessionTest(@TempDir Path temp) {
        dump = temp.resolve("a.hlog");
        report = temp.resolve("report.txt");
    }

    private Session session(String more) {
        Parsed parsed = ConfigReader.ofThisProcess().read("dump=" + dump + ",report=" + report + more);
        assertThat(parsed).isInstanceOf(Parsed.Ok.class);
        return new Session(
                ((Parsed.Ok) parsed).options(),
                new MethodTable(10, health.health()),
                health.health(),
                health.log(),
                null,
                told -> {});
    }

    private long intervals() throws IOException {
        try (var lines = Files.lines(dump)) {
            return lines.filter(line -> line.contains("\"kind\":\"interval\"")).count();
        }
    }

    @Test
    void shouldWriteTheLastIntervalAndTheReport() throws IOException {
        Session session = session("");
        session.begin();
        session.begin();
        session.end();
        session.end();

        assertThat(intervals()).isEqualTo(1);
        assertThat(report).content().contains("vperf report: 1 interval", "No measured method was called");
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
    }

    @Test
    void shouldDumpWhenTheShutdownBeginsAndAtItsEnd() throws IOException {
        Session session = session("");
        session.begin();
        session.dumpNow();
        assertThat(intervals()).isEqualTo(1);
        session.end();
        assertThat(intervals()).isEqualTo(2);
    }

    @Test
    void shouldSayThatNothingWasMeasuredAndTouchNoFile() {
        Session session = session("");
        session.dumpNow();
        session.end();

        assertThat(health.said()).contains("nothing was measured");
        assertThat(dump).doesNotExist();
        assertThat(report).doesNotExist();
    }

    @Test
    void shouldSayWhyMeasuringCouldNotBegin() {
        Session session = session("");
        session.switchOff(new IllegalStateException("no room", new OutOfMemoryError("Java heap space")));

        assertThat(session.begin()).isFalse();
        session.end();

        assertThat(health.said().lines())
                .singleElement()
                .asString()
                .isEqualTo("vperf: nothing was measured: measuring was switched off, as it could not begin:"
                        + " java.lang.OutOfMemoryError: Java heap space; give the JVM a larger heap with -Xmx");
        assertThat(dump).doesNotExist();
    }

    /** The options' reader lets no such path through. */
    @Test
    void shouldSayWhatWentWrongAtTheBeginAndAgainAtTheEnd() {
        Options valid = ((Parsed.Ok) ConfigReader.ofThisProcess().read("")).options();
        Options options = new Options(
                new Output.ToFile("/tmp/a\uD800"),
                valid.intervalNs(),
                valid.rotateBytes(),
                valid.keepFiles(),
                valid.report(),
                valid.sampleNs(),
                valid.shortCallNs(),
                valid.explain(),
                valid.slowCalls(),
                valid.slowNs(),
                valid.maxMethods(),
                valid.include(),
                valid.exclude(),
                valid.trivial(),
                valid.maxMatched(),
                valid.budgetPpm(),
                valid.backlogBytes(),
                valid.nativeCode(),
                valid.nativeDir(),
                valid.cpuTime(),
                valid.wall(),
                valid.counters(),
                valid.counterReading(),
                valid.allocations(),
                valid.network(),
                valid.vmware(),
                valid.vmwareLibrary(),
                valid.vmwarePseudoCounters(),
                valid.timeReference(),
                valid.jmx(),
                valid.http(),
                valid.httpMaxMethods(),
                valid.log(),
                valid.settings());
        Session session = new Session(
                options, new MethodTable(10, health.health()), health.health(), health.log(), null, told -> {});

        assertThat(session.begin()).isFalse();
        assertThat(session.begin()).isFalse();
        session.end();

        assertThat(health.said())
                .containsOnlyOnce("measuring is switched off for this run: java.nio.file.InvalidPathException")
                .containsOnlyOnce("nothing was measured: measuring was switched off, as it could not begin:"
                        + " java.nio.file.InvalidPathException");
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isEqualTo(1);
    }

    @Test
    void shouldNotSayThatNothingWasMarkedWhereAClassFailed() {
        Session session = session("");
        health.health().count(Trouble.CLASSES_FAILED);
        health.health().suppress("instrumenting a/B", new IllegalArgumentException("Unsupported class file"));
        session.end();

        assertThat(health.said())
                .contains(
                        "nothing was measured: 1 class with ",
                        "could not be instrumented, first: instrumenting a/B:"
                                + " java.lang.IllegalArgumentException: Unsupported class file")
                .doesNotContain("no class was loaded");
    }

    @Test
    void shouldRunWithoutNativeCode() throws IOException {
        Session session = session(",native=off");
        session.begin();
        session.end();

        assertThat(Files.readString(dump)).contains("native code: unavailable: switched off", "remove native=off");
        assertThat(report).content().contains("Steal: unknown");
    }
}
