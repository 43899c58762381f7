package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.annotations.Measured;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.SyntheticState;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredScanTest {

    private static final String PREFIX = "io.vperf.instrument.Samples$";

    private static List<String> names(Class<?> c) {
        return MeasuredScan.of(ClassBytes.of(c)).stream()
                .map(MeasuredMethod::reportedName)
                .toList();
    }

    @Test
    void shouldFindMarkedMethodsAndNameThemByTheirParameters() {
        assertThat(names(Samples.Methods.class))
                .containsExactlyInAnyOrder(
                        PREFIX + "Methods.wide(long,double,int,java.lang.String)",
                        PREFIX + "Methods.caught(int)",
                        PREFIX + "Methods.thrown(java.lang.String)",
                        "recursion",
                        PREFIX + "Methods.locked(java.lang.Object)",
                        PREFIX + "Methods.switched(java.lang.Object)");
    }

    @Test
    void shouldTakeOfAMarkedTypeWhatItDeclaresItself() {
        assertThat(names(Samples.Marked.class))
                .containsExactlyInAnyOrder(
                        PREFIX + "Marked.isDeclared()", PREFIX + "Marked.isStatic(int,java.lang.String[])", "own name");
    }

    @Test
    void shouldPutTheNameOfATypeBeforeItsMethodsAndPassOverBridges() {
        assertThat(names(Samples.Named.class))
                .containsExactlyInAnyOrder(
                        "Shop.<init>()",
                        "Shop.markedAlthoughPrivate()",
                        "Shop.compareTo(" + PREFIX + "Named)",
                        "Shop.overloaded(int)",
                        "Shop.overloaded(long[][]," + PREFIX + "Named)");
    }

    @Test
    void shouldNameMarksThatHaveNoCode() {
        assertThat(withoutCode(Samples.Abstract.class))
                .containsExactly(PREFIX + "Abstract.ofSubclasses(int)", PREFIX + "Abstract.inC()");
        assertThat(withoutCode(Samples.AllAbstract.class)).containsExactly(PREFIX + "AllAbstract");
        assertThat(withoutCode(Samples.Methods.class)).isEmpty();
    }

    private static List<String> withoutCode(Class<?> c) {
        return MeasuredScan.read(ClassBytes.of(c)).withoutCode();
    }

    @Test
    void shouldNotInheritTheMark() {
        assertThat(names(Samples.Overrides.class)).isEmpty();
    }

    @Test
    void shouldTellConstructorsFromMethods() {
        assertThat(MeasuredScan.of(ClassBytes.of(Samples.Constructors.class)))
                .hasSize(6)
                .allMatch(MeasuredMethod::isConstructor);
        assertThat(MeasuredScan.of(ClassBytes.of(Samples.Methods.class))).noneMatch(MeasuredMethod::isConstructor);
    }

    /** Each copies the annotations of what it stands before, as some libraries do. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$$EnhancerByCGLIB$$1234",
                "$$SpringCGLIB$$0",
                "_$$_jvst1234_0",
                "$Proxy$_$$_WeldClientProxy",
                "$ByteBuddy$abc",
                "$HibernateProxy$abc",
                "$MockitoMock$123"
            })
    void shouldNotCountTwiceThroughGeneratedSubclasses(String suffix) {
        assertThat(MeasuredScan.of(subclass(PREFIX + "Named" + suffix))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PREFIX + "NamedChild", PREFIX + "Named$Inner", "other.Proxy$$Named"})
    void shouldMeasureSubclassesThatPeopleWrote(String name) {
        assertThat(MeasuredScan.of(subclass(name))).hasSize(1);
    }

    @Test
    void shouldPassOverSyntheticClasses() {
        byte[] synthetic = new ByteBuddy()
                .subclass(Object.class)
                .name("a.Synthetic")
                .modifiers(SyntheticState.SYNTHETIC)
                .annotateType(
                        AnnotationDescription.Builder.ofType(Measured.class).build())
                .method(ElementMatchers.named("toString"))
                .intercept(FixedValue.value("x"))
                .make()
                .getBytes();
        assertThat(MarkSearch.finds(synthetic)).isTrue();
        assertThat(MeasuredScan.of(synthetic)).isEmpty();
    }

    private static byte[] subclass(String name) {
        return new ByteBuddy()
                .subclass(Samples.Named.class)
                .name(name)
                .method(ElementMatchers.named("compareTo").and(ElementMatchers.not(ElementMatchers.isBridge())))
                .intercept(FixedValue.value(1))
                .annotateMethod(
                        AnnotationDescription.Builder.ofType(Measured.class).build())
                .make()
                .getBytes();
    }
}
