package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasuredTransformerTest {

    private final TestHealth health = new TestHealth();
    private final AtomicInteger begun = new AtomicInteger();
    private boolean beginning = true;
    private final MeasuredTransformer transformer = new MeasuredTransformer(
            new MethodTable(100, health.health()),
            new ProbeVisibility(new ClassDefiner()),
            health.health(),
            health.log(),
            new MarksWithoutCode(),
            () -> begun.incrementAndGet() > 0 && beginning);
    private final ClassLoader application = new ClassLoader(MeasuredTransformerTest.class.getClassLoader()) {};

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
