package io.vperf.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final TestHealth test = new TestHealth();
    private final Health health = test.health();

    @Test
    void shouldListOnlyWhatHappened() {
        health.count(Trouble.LOST_FRAMES);
        health.count(Trouble.LOST_FRAMES, 4);
        health.count(Trouble.TOO_DEEP, 0);

        assertThat(health.totals()).containsOnlyKeys(Trouble.LOST_FRAMES).containsEntry(Trouble.LOST_FRAMES, 5L);
    }

    @Test
    void shouldCountEverySuppressedErrorAndTellTheFirstOfAKind() {
        health.suppress("in a probe", new IllegalStateException("first"));
        health.suppress("in a probe", new IllegalStateException("second"));
        health.suppress("in a probe", new LinkageError());

        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isEqualTo(3);
        assertThat(test.said().lines())
                .containsExactly(
                        "vperf: in a probe: java.lang.IllegalStateException: first"
                                + " (counted from now on, not repeated)",
                        "vperf: in a probe: java.lang.LinkageError (counted from now on, not repeated)");
    }

    /** To print where the stack is full may make the JVM print an assertion of its own. */
    @Test
    void shouldTellOfAFullStackOnlyWhenTheDumperAsks() {
        health.suppress("instrumenting a", new StackOverflowError());
        health.suppress("instrumenting a", new StackOverflowError());
        assertThat(test.said()).isEmpty();
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isEqualTo(2);

        health.tellLines();
        health.tellLines();
        assertThat(test.said().lines()).containsExactly("vperf: instrumenting a: the stack was full");
    }

    @Test
    void shouldKeepABoundedNumberOfLines() {
        for (int i = 0; i < 1_000; i++) {
            health.tellLater("line " + i);
        }
        health.tellLines();
        assertThat(test.said().lines()).hasSize(256);
    }

    @Test
    void shouldGiveEveryKindAKeyOfItsOwn() {
        assertThat(Arrays.stream(Trouble.values()).map(Trouble::key)).doesNotHaveDuplicates();
        assertThat(Trouble.values()).allSatisfy(kind -> {
            assertThat(kind.key()).matches("[a-z][A-Za-z]+");
            assertThat(kind.meaning()).isNotBlank();
        });
    }
}
