package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarksWithoutCodeTest {

    private final TestHealth health = new TestHealth();
    private final MarksWithoutCode marks = new MarksWithoutCode();

    @Test
    void shouldSayNothingOfNothing() {
        marks.add(List.of());
        marks.tell(health.log());

        assertThat(health.said()).isEmpty();
    }

    @Test
    void shouldNameAFewAndCountTheRest() {
        marks.add(List.of("a.A.m()", "a.A.n()"));
        marks.add(List.of("a.A.m()"));
        marks.add(List.of("b.B.1()", "b.B.2()", "b.B.3()", "b.B.4()", "b.B.5()"));
        marks.tell(health.log());

        assertThat(health.said())
                .isEqualTo("vperf: @Measured has no effect where there is no code (abstract and native methods):"
                        + " a.A.m(), a.A.n(), b.B.1(), b.B.2(), b.B.3() and 2 others;"
                        + " mark the methods that implement or call these, or give include=@io.vperf.annotations.Measured+"
                        + " for all that implement them\n");
    }
}
