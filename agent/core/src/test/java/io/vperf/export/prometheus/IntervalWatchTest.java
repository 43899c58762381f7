package io.vperf.export.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IntervalWatchTest {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong nowNs = new AtomicLong(-5);
    private final IntervalWatch watch = new IntervalWatch(10 * SECOND, () -> null, nowNs::get);

    private String body() {
        return new String(watch.answer().body(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldBePatientForHalfAnInterval() {
        nowNs.addAndGet(15 * SECOND);
        assertThat(watch.answer().status()).isEqualTo(200);
    }

    @Test
    void shouldSayThatIntervalsAreLate() {
        nowNs.addAndGet(15 * SECOND + 1_000_000);
        assertThat(watch.answer().status()).isEqualTo(503);
        assertThat(body()).startsWith("late: the last interval ended 15.001 s ago, one is to end every 10.0 s");
    }

    @Test
    void shouldBeWellAgainWithTheNextInterval() {
        nowNs.addAndGet(100 * SECOND);
        watch.ended();
        assertThat(watch.answer().status()).isEqualTo(200);
        assertThat(body()).isEqualTo("ok: the last interval ended 0.0 s ago\n");
    }
}
