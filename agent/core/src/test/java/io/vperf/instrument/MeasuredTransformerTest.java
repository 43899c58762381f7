package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import io.vperf.select.Patterns;
import io.vperf.select.Selection;
import io.vperf.select.WrongPatternException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasuredTransformerTest {

    private final TestHealth health = new TestHealth();
    private final AtomicInteger begun = new AtomicInteger();
    private boolean beginning = true;
    private final MethodTable table = new MethodTable(100, health.health());
    private MeasuredTransformer transformer = transformer(Patterns.NONE, Patterns.NONE);
    private final ClassLoader application = new ClassLoader(MeasuredTransformerTest.class.getClassLoader()) {};

    private MeasuredTransformer transformer(Patterns include, Patterns exclude) {
        return new MeasuredTransformer(
                table,
                new ProbeVisibility(new ClassDefiner()),
                health.health(),
                health.log(),
                new MarksWithoutCode(),
                new Selection(include, exclude, false),
                new PatternUse(include, Patterns.NONE, 100, health.health()),
                () -> begun.incrementAndGet() > 0 && beginning);
    }

    private byte @Nullable [] transform(ClassLoader loader, @Nullable String name, byte[] classFile) {
        return transformer.transform(null, loader, name, null, null, classFile);
    }

    @Test
    void shouldRewriteAMarkedClassAfterBeginning() {
        byte[] classFile = ClassBytes.of(Samples.Methods.class);
        assertThat(transform(application, "io/vperf/instrument/Samples$Methods", classFile))
                .isNotNull();
        assertThat(begun).hasValue(1);
    }

    @Test
    void shouldRewriteAClassThatIsIncludedThoughNotMarked() throws WrongPatternException {
        transformer = transformer(Patterns.parse("io.vperf.instrument.Samples$Base#<init>"), Patterns.NONE);
        byte[] classFile = ClassBytes.of(Samples.Base.class);

        assertThat(transform(application, "io/vperf/instrument/Samples$Base", classFile))
                .isNotNull();
        assertThat(table.size()).isEqualTo(1);
        table.register("io.vperf.instrument.Samples$Base.<init>(java.lang.Object)");
        assertThat(table.size()).as("under the name that marked ones have").isEqualTo(1);
    }

    @Test
    void shouldGoByPatternsThatChangeAndGiveAClassItsOwnCodeBack() throws WrongPatternException {
        byte[] classFile = ClassBytes.of(Samples.Base.class);
        String name = "io/vperf/instrument/Samples$Base";
        Patterns patterns = Patterns.parse("io.vperf.instrument.Samples$Base#<init>");
        PatternUse use = new PatternUse(Patterns.NONE, Patterns.NONE, 100, health.health());
        transformer = new MeasuredTransformer(
                table,
                new ProbeVisibility(new ClassDefiner()),
                health.health(),
                health.log(),
                new MarksWithoutCode(),
                new Selection(Patterns.NONE, Patterns.NONE, false),
                use,
                () -> true);

        assertThat(transform(application, name, classFile)).isNull();
        use.add(patterns);
        transformer.select(new Selection(patterns, Patterns.NONE, false));
        assertThat(transform(application, name, classFile)).isNotNull();
        transformer.select(new Selection(Patterns.NONE, Patterns.NONE, false));
        use.remove(patterns);
        assertThat(transform(application, name, classFile))
                .as("the JVM then takes the class as it came")
                .isNull();
        use.tell(health.log());
        assertThat(health.said()).as("nothing is told of what is gone").doesNotContain("has measured nothing");
    }

    @Test
    void shouldExcludeMarkedMethods() throws WrongPatternException {
        transformer = transformer(Patterns.NONE, Patterns.parse("*Methods#w*;*Methods#caught(int)"));
        byte[] classFile = ClassBytes.of(Samples.Methods.class);

        assertThat(transform(application, "io/vperf/instrument/Samples$Methods", classFile))
                .isNotNull();
        assertThat(table.size()).isEqualTo(4);
        transformer = transformer(Patterns.NONE, Patterns.parse("io.vperf.**"));
        assertThat(transform(application, "io/vperf/instrument/Samples$Methods", classFile))
                .isNull();
    }

    /** Its supertype's file is broken, and the class itself is fine. */
    @Test
    void shouldGoOnWhereASupertypeCannotBeRead() throws WrongPatternException {
        transformer = transformer(Patterns.parse("no.such.Type+"), Patterns.NONE);
        ClassLoader broken = new ClassLoader(null) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return new ByteArrayInputStream(new byte[10]);
            }
        };
        assertThat(transform(broken, "io/vperf/instrument/Samples$Overrides", ClassBytes.of(Samples.Overrides.class)))
                .isNull();
        assertThat(health.total(Trouble.SUPERTYPES_UNKNOWN)).isEqualTo(1);
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
    }

    @Test
    void shouldConnectTheApiAfterBeginning() throws ClassNotFoundException {
        byte[] classFile = ClassBytes.of(Class.forName("io.vperf.annotations.AgentCalls"));
        assertThat(transform(application, "io/vperf/annotations/AgentCalls", classFile))
                .isEqualTo(AgentCallsWeaver.weave(classFile));
        assertThat(begun).hasValue(1);
    }

    @Test
    void shouldLeaveEveryClassAsItIsWhereMeasuringCannotBegin() throws ClassNotFoundException {
        beginning = false;
        assertThat(transform(application, "io/vperf/instrument/Samples$Methods", ClassBytes.of(Samples.Methods.class)))
                .isNull();
        byte[] api = ClassBytes.of(Class.forName("io.vperf.annotations.AgentCalls"));
        assertThat(transform(application, "io/vperf/annotations/AgentCalls", api))
                .isNull();
        assertThat(begun).hasValue(2);
    }

    @Test
    void shouldNotEvenBeginForClassesWithoutMarks() {
        assertThat(transform(application, "a/B", ClassBytes.of(Samples.Base.class)))
                .isNull();
        assertThat(transform(application, "a/C", ClassBytes.of(Samples.Overrides.class)))
                .isNull();
        assertThat(begun).hasValue(0);
    }

    @Test
    void shouldLeaveHiddenClassesAndItsOwnAlone() {
        byte[] classFile = ClassBytes.of(Samples.Methods.class);
        assertThat(transform(application, null, classFile)).isNull();
        assertThat(transform(MeasuredTransformer.class.getClassLoader(), "x/Y", classFile))
                .isNull();
        assertThat(transform(application, "io/vperf/bootstrap/Probe", classFile))
                .isNull();
    }

    @Test
    void shouldRefuseClassesOfJavaBaseWithOneClearLine() {
        byte[] classFile = ClassBytes.of(Samples.Methods.class);
        assertThat(transformer.transform(
                        Object.class.getModule(), application, "java/util/Mine", null, null, classFile))
                .isNull();
        assertThat(health.total(Trouble.METHODS_LEFT_OUT)).isEqualTo(6);
        assertThat(health.said().lines()).singleElement().asString().contains("java.util.Mine", "java.base");
        assertThat(begun).hasValue(0);
    }

    /** Whatever the bytes are, the class is defined as it came. */
    @Test
    void shouldCountWhatItCannotReadAndThrowNothing() {
        byte[] classFile = ClassBytes.of(Samples.Methods.class);
        byte[] cut = Arrays.copyOf(classFile, classFile.length - 200);
        assertThat(MarkSearch.finds(cut)).isTrue();

        assertThat(transform(application, "a/Broken", cut)).isNull();
        assertThat(health.total(Trouble.CLASSES_FAILED)).isEqualTo(1);
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isEqualTo(1);
    }
}
