package io.vperf;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.config.ConfigReader;
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
                ((Parsed.Ok) parsed).options(), new MethodTable(10, health.health()), health.health(), health.log());
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
        session.shutdownBegins();
        assertThat(intervals()).isEqualTo(1);
        session.end();
        assertThat(intervals()).isEqualTo(2);
    }

    @Test
    void shouldSayThatNothingWasMeasuredAndTouchNoFile() {
        Session session = session("");
        session.shutdownBegins();
        session.end();

        assertThat(health.said()).contains("nothing was measured");
        assertThat(dump).doesNotExist();
        assertThat(report).doesNotExist();
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
