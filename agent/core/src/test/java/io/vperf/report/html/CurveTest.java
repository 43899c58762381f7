package io.vperf.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CurveTest {

    @Test
    void shouldHaveThePercentilesOfTheHistogram() {
        Histogram h = new Histogram(2);
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            h.recordValue((long) Math.exp(20 * random.nextDouble()));
        }
        char[] curve = Curve.of(h);
        for (int i = 0; i < curve.length - 1; i++) {
            double percentile = 100 * (1 - Math.pow(2, -i / 4.0));
            assertThat(curve[i]).as("p%s", percentile).isEqualTo(Codes.of(h.getValueAtPercentile(percentile)));
        }
        assertThat(curve[curve.length - 1]).isEqualTo(Codes.of(h.getMaxValue()));
        assertThat(curve).hasSizeBetween(50, 60);
    }

    @Test
    void shouldHaveOnlyAMaximumOfOneCall() {
        Histogram h = new Histogram(2);
        h.recordValue(77);
        assertThat(Curve.of(h)).containsExactly(Codes.of(77));
    }
}
