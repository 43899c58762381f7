package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import io.vperf.select.Patterns;
import io.vperf.select.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CompletionScanTest {

    private static final String PREFIX = "io.vperf.instrument.Samples$";

    private final TestHealth health = new TestHealth();

    private static Map<String, Ending> endings(Class<?> c) {
        Map<String, Ending> endings = new TreeMap<>();
        for (MeasuredMethod method : MeasuredScan.of(ClassBytes.of(c))) {
            endings.put(method.name(), method.ending());
        }
        return endings;
    }

    private static byte[] kotlin(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CompletionScanTest.class.getResourceAsStream("kotlin/" + name + ".class"))) {
            return in.readAllBytes();
        }
    }

    @Test
    void shouldTellWhatIsMeasuredToItsCompletion() {
        assertThat(endings(Samples.Completing.class))
                .containsOnly(
                        Map.entry("stage", Ending.COMPLETION),
                        Map.entry("future", Ending.COMPLETION),
                        Map.entry("perhaps", Ending.COMPLETION),
                        Map.entry("publisher", Ending.SUBSCRIPTION),
                        Map.entry("nothing", Ending.RETURN),
                        Map.entry("text", Ending.RETURN),
                        Map.entry("several", Ending.RETURN),
                        Map.entry("<init>", Ending.RETURN),
                        Map.entry("onlyToReturn", Ending.RETURN));
        assertThat(endings(Samples.Methods.class).values()).containsOnly(Ending.RETURN);
    }

    @Test
    void shouldTakeAMarkOnATypeForTheMethodsThatDeclareIt() {
        assertThat(endings(Samples.CompletingType.class))
                .containsOnly(
                        Map.entry("number", Ending.RETURN),
                        Map.entry("object", Ending.RETURN),
                        Map.entry("future", Ending.COMPLETION),
                        Map.entry("publisher", Ending.SUBSCRIPTION),
                        Map.entry("onlyToReturn", Ending.RETURN));
        assertThat(MeasuredScan.read(ClassBytes.of(Samples.CompletingType.class))
                        .notCompleting())
                .isEmpty();
    }

    @Test
    void shouldNameMarksOnMethodsThatReturnNothingThatCouldComplete() {
        String prefix = PREFIX + "Completing.";
        assertThat(MeasuredScan.read(ClassBytes.of(Samples.Completing.class)).notCompleting())
                .containsExactlyInAnyOrder(
                        prefix + "<init>()", prefix + "nothing()", prefix + "text()", prefix + "several()");
    }

    @Test
    void shouldLeaveOutWhatKotlinMakesOfSuspendFunctions() throws IOException {
        MeasuredScan type = MeasuredScan.read(kotlin("Suspending"));
        assertThat(type.methods()).extracting(MeasuredMethod::name).containsExactly("plain");
        assertThat(type.suspended())
                .containsExactlyInAnyOrder(
                        "io.vperf.it.Suspending.twice(int,kotlin.coroutines.Continuation)",
                        "io.vperf.it.Suspending.without(kotlin.coroutines.Continuation)",
                        "io.vperf.it.Suspending.step(int,kotlin.coroutines.Continuation)");
        MeasuredScan method = MeasuredScan.read(kotlin("SuspendingMethod"));
        assertThat(method.methods()).isEmpty();
        assertThat(method.suspended())
                .containsExactly(
                        "io.vperf.it.SuspendingMethod.generic(java.lang.Object,long[],kotlin.coroutines.Continuation)");
        assertThat(MeasuredScan.read(ClassBytes.of(Samples.Completing.class)).suspended())
                .isEmpty();
    }

    @Test
    void shouldLeaveOutSuspendFunctionsThatPatternsAreAbout() throws Exception {
        byte[] classFile = kotlin("Suspending");
        MethodChooser chooser = new MethodChooser(new Selection(Patterns.parse("io.vperf.it.**"), Patterns.NONE, true));
        List<ChosenMethod> chosen = chooser.choose(
                List.of(),
                ClassFactsReader.read(classFile),
                classFile,
                new LoaderTypes(health.health()).of(CompletionScanTest.class.getClassLoader()),
                true);

        assertThat(chosen)
                .filteredOn(c -> c.leftOut() == null)
                .extracting(c -> c.method().name())
                .containsExactly("plain");
        assertThat(chosen)
                .filteredOn(c -> "suspend function of Kotlin".equals(c.leftOut()))
                .extracting(c -> c.method().name())
                .contains("twice", "without", "step");
    }

    @Test
    void shouldCountAndTellEachOnceHoweverOftenItsClassIsTransformed() throws IOException {
        MeasuredTransformer transformer = new MeasuredTransformer(
                new MethodTable(100, health.health()),
                new ProbeVisibility(new ClassDefiner()),
                health.health(),
                health.log(),
                new MarksWithoutCode(),
                new Selection(Patterns.NONE, Patterns.NONE, false),
                new PatternUse(Patterns.NONE, Patterns.NONE, 100, health.health()),
                () -> true);
        ClassLoader loader = new ClassLoader(CompletionScanTest.class.getClassLoader()) {};
        for (int i = 0; i < 2; i++) {
            for (String name : List.of("Suspending", "SuspendingMethod")) {
                transformer.transform(null, loader, "io/vperf/it/" + name, null, null, kotlin(name));
            }
            transformer.transform(null, loader, "a/B", null, null, ClassBytes.of(Samples.Completing.class));
            health.health().tellLines();
        }

        assertThat(health.total(Trouble.METHODS_SUSPENDING)).isEqualTo(4);
        assertThat(health.total(Trouble.METHODS_TO_RETURN)).isEqualTo(4);
        assertThat(health.said().lines())
                .hasSize(8)
                .anyMatch(line -> line.contains("io.vperf.it.Suspending.twice(int,kotlin.coroutines.Continuation)")
                        && line.contains("suspend function"))
                .anyMatch(line -> line.contains("Completing.text()") && line.contains("up to its return"));
    }
}
