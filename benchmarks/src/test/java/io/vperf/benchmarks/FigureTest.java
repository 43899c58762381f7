package io.vperf.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class FigureTest {

    private static final Figure RATIO = new Figure("ratio", Figure.Kind.RATIO, Metric.CALL_NS, "a", "b", 2);

    private final Results results = new Results();

    @Test
    void shouldCompareWithinEachRound() {
        round(10, 10);
        round(300, 100);
        round(40, 20);

        assertThat(RATIO.median(results)).isEqualTo(2);
        assertThat(RATIO.isMet(2)).isTrue();
        assertThat(RATIO.isMet(2.01)).isFalse();
    }

    @Test
    void shouldKnowNothingOfRowsThatFailed() {
        round(10, 10);
        results.fail("b", "no dump");

        assertThat(RATIO.median(results)).isNaN();
        assertThat(RATIO.isMet(RATIO.median(results))).isFalse();
    }

    private void round(double a, double b) {
        results.add("a", new Sample(Map.of(Metric.CALL_NS, a), "", ""));
        results.add("b", new Sample(Map.of(Metric.CALL_NS, b), "", ""));
    }
}
