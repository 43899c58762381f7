package io.vperf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LimitTest {

    private static final double MS = 1e6;

    private static Limit.State checked(String limit, Made a, Made b) {
        return Made.compare(a, b, limit).results().get(0).state();
    }

    private final Made one = Made.run(1, 20, 0.01, 2 * MS, 0);
    private final Made more = Made.run(2, 20, 0.01, 2.4 * MS, 0);

    @Test
    void shouldReadLimits() {
        assertThat(Limit.parse("corrected-p99>+10%"))
                .isEqualTo(new Limit("corrected-p99>+10%", new Figure(Metric.CORRECTED, "p99"), true, 10, true, true));
        assertThat(Limit.parse(" CPU-mean < -2.5ms "))
                .isEqualTo(new Limit("CPU-mean < -2.5ms", new Figure(Metric.CPU, "mean"), false, -2.5e6, false, true));
        assertThat(Limit.parse("wall-p99.9>20us"))
                .isEqualTo(new Limit("wall-p99.9>20us", new Figure(Metric.WALL, "p999"), true, 20e3, false, false));
        assertThat(Limit.parse("self-sum>5%").ofChange()).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNone() {
        for (String wrong :
                new String[] {"", "wall", "wall-p99", "wall-p99>", "wall-p99>10", "wall-p99=10%", "wall-p99>1h"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Limit.parse(wrong))
                    .withMessageContaining(
                            "'" + wrong + "': it is not METRIC-FIGURE, > or <, and a limit; accepted: wall");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.parse("wall-p95>10%"))
                .withMessageContaining("there is no figure 'wall-p95'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.parse("self-p99>10%"))
                .withMessageContaining("self time has no percentiles");
    }

    @Test
    void shouldBeBrokenByWhatStandsOutOfTheNoise() {
        assertThat(checked("cpu-mean>+10%", one, more)).isEqualTo(Limit.State.BROKEN);
        assertThat(checked("cpu-mean>+30%", one, more)).isEqualTo(Limit.State.KEPT);
        assertThat(checked("cpu-mean>+300us", one, more)).isEqualTo(Limit.State.BROKEN);
        assertThat(checked("wall-p50>2.2ms", one, more)).isEqualTo(Limit.State.BROKEN);
        assertThat(checked("wall-p50>2.2ms", more, one)).isEqualTo(Limit.State.KEPT);
        assertThat(checked("wall-p50<-10%", more, one)).isEqualTo(Limit.State.BROKEN);
        assertThat(checked("self-mean>+10%", one, more)).isEqualTo(Limit.State.BROKEN);
    }

    @Test
    void shouldNotBeBrokenByNoise() {
        Made noisy = Made.run(4, 8, 0.4, 2.4 * MS, 0);
        assertThat(checked("cpu-p99>+1%", Made.run(3, 8, 0.4, 2.2 * MS, 0), noisy))
                .isIn(Limit.State.WITHIN_NOISE, Limit.State.KEPT);
        Comparison c = Made.compare(Made.run(6, 8, 0.3, 2 * MS, 0), Made.run(9, 8, 0.3, 2.1 * MS, 0), "cpu-sum>-90%");
        assertThat(c.results().get(0).state()).isEqualTo(Limit.State.WITHIN_NOISE);
        assertThat(c.isAnyLimitBroken()).isFalse();
        assertThat(ComparisonText.of(c)).contains("cpu-sum>-90% is not broken for certain");
    }

    /** A percentage of nothing is more than any. */
    @Test
    void shouldBeBrokenByWhatGrewFromNothing() {
        assertThat(checked("stolen-mean>+50%", one, Made.run(2, 20, 0.01, 2 * MS, MS)))
                .isEqualTo(Limit.State.BROKEN);
        assertThat(checked("stolen-mean>+50%", one, more)).isEqualTo(Limit.State.KEPT);
    }

    /** Nobody knows the noise of a single call, so the figure decides. */
    @Test
    void shouldDecideByTheFigureWhereNoiseIsUnknown() {
        Comparison c = Made.compare(one, more, "cpu-max>+5%");
        assertThat(c.results().get(0).state()).isEqualTo(Limit.State.BROKEN);
        assertThat(c.results().get(0).why()).contains("its noise is unknown: the maximum is one call's");
    }
}
