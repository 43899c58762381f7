package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.select.MethodPattern;
import io.vperf.select.Patterns;
import io.vperf.select.WrongPatternException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatternUseTest {

    private final TestHealth health = new TestHealth();
    private final Patterns patterns;
    private final PatternUse use;

    PatternUseTest() throws WrongPatternException {
        patterns = Patterns.parse("a.**;b.**");
        use = new PatternUse(patterns, Patterns.NONE, 2, health.health());
    }

    private static ChosenMethod chosen(String name, @Nullable MethodPattern pattern, @Nullable String leftOut) {
        return new ChosenMethod(
                new MeasuredMethod(name, "()V", "a.A." + name + "()"), pattern == null, pattern, leftOut);
    }

    private List<String> take(String className, ChosenMethod... methods) {
        return use.take(className, List.of(methods)).stream()
                .map(MeasuredMethod::name)
                .toList();
    }

    @Test
    void shouldStopAPatternAtItsMostAndLetOthersAndMarksGoOn() {
        MethodPattern a = patterns.all().get(0);
        MethodPattern b = patterns.all().get(1);

        assertThat(take("a.A", chosen("one", a, null), chosen("two", a, null), chosen("three", a, null)))
                .containsExactly("one", "two");
        assertThat(take("a.B", chosen("four", a, null), chosen("marked", null, null), chosen("five", b, null)))
                .containsExactly("marked", "five");
        health.health().tellLines();
        assertThat(health.total(Trouble.MATCHED_TOO_MANY)).isEqualTo(2);
        assertThat(health.said())
                .containsOnlyOnce("the pattern 'a.**' has reached 2 methods and takes no more")
                .contains("max-matched")
                .doesNotContain("'b.**'");
    }

    /** Another agent may have a class transformed again. */
    @Test
    void shouldCountAMethodOnceHoweverOftenItsClassIsTransformed() {
        MethodPattern a = patterns.all().get(0);
        ChosenMethod[] all = {chosen("one", a, null), chosen("two", a, null)};

        for (int i = 0; i < 3; i++) {
            assertThat(take("a.A", all)).containsExactly("one", "two");
        }
        assertThat(health.total(Trouble.MATCHED_TOO_MANY)).isZero();
    }

    @Test
    void shouldCountNoMarkedMethodAsAPatterns() {
        MethodPattern a = patterns.all().get(0);
        for (String name : new String[] {"one", "two", "three"}) {
            ChosenMethod both = new ChosenMethod(new MeasuredMethod(name, "()V", name), true, a, null);
            assertThat(take("a.A", both)).containsExactly(name);
        }
        use.tell(health.log());

        assertThat(health.said()).doesNotContain("'a.**'");
    }

    @Test
    void shouldSayNothingOfAPatternWhoseMethodsAnEarlierOneMeasures() {
        MeasuredMethod method = new MeasuredMethod("one", "()V", "a.A.one()");
        MethodPattern b = patterns.all().get(1);
        assertThat(take("a.A", new ChosenMethod(method, false, patterns.all().get(0), null, List.of(b), List.of())))
                .containsExactly("one");
        use.tell(health.log());

        assertThat(health.said()).doesNotContain("'b.**'");
    }

    @Test
    void shouldSayAtTheEndWhichPatternsCameToNothing() {
        take("a.A", chosen("get", patterns.all().get(0), "trivial: measured if named"));
        use.tell(health.log());

        assertThat(health.said().lines()).hasSize(2);
        assertThat(health.said())
                .contains("'a.**' has measured nothing: what it is about is left out, first a.A.get(): trivial")
                .contains("'b.**' has measured nothing: no class was loaded that has such a method")
                .contains("java -jar vperf.jar match 'b.**'");
    }

    @Test
    void shouldSayAtTheEndWhichPatternsHaveExcludedNothing() throws WrongPatternException {
        Patterns exclude = Patterns.parse("x.Gone;a.A#one;a.A#two");
        PatternUse own = new PatternUse(Patterns.NONE, exclude, 2, health.health());
        MeasuredMethod method = new MeasuredMethod("one", "()V", "a.A.one()");
        own.take(
                "a.A",
                List.of(new ChosenMethod(
                        method,
                        true,
                        null,
                        "excluded by a.A#one",
                        List.of(),
                        List.of(exclude.all().get(1)))));
        own.tell(health.log());

        assertThat(health.said())
                .contains(
                        "exclude: the pattern 'x.Gone' has kept no method from being measured (it means a type of this name")
                .contains("exclude: the pattern 'a.A#two' has kept no method from being measured")
                .doesNotContain("'a.A#one'");
    }
}
