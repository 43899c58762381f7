package io.vperf.select;

import static io.vperf.select.TestTypes.ABSTRACT;
import static io.vperf.select.TestTypes.BRIDGE;
import static io.vperf.select.TestTypes.NATIVE;
import static io.vperf.select.TestTypes.PRIVATE;
import static io.vperf.select.TestTypes.PUBLIC;
import static io.vperf.select.TestTypes.STATIC;
import static io.vperf.select.TestTypes.method;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

    private final TestTypes types = new TestTypes();

    private final ClassFacts order = types.add(
            "com.acme.Order",
            List.of(),
            List.of(),
            method("pay"),
            method(PUBLIC, "pay", "(ILjava/lang/String;)V"),
            method(PRIVATE, "hidden", "()V"),
            method(STATIC, "getTotal", "()J"),
            method("<init>"),
            method(STATIC, "<clinit>", "()V"),
            method(BRIDGE, "pay", "(Ljava/lang/Object;)V"),
            method(ABSTRACT, "later", "()V"),
            method(NATIVE, "inC", "()V"),
            method(PUBLIC, "toString", "()Ljava/lang/String;"));

    private static Selection selection(String include, String exclude, boolean trivial) {
        try {
            return new Selection(Patterns.parse(include), Patterns.parse(exclude), trivial);
        } catch (WrongPatternException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<Verdict> verdicts(ClassFacts c, String include, String exclude, boolean trivial) {
        Selection selection = selection(include, exclude, trivial);
        List<Verdict> verdicts = selection.choose(c, types, m -> m.name().startsWith("get"));
        if (!verdicts.isEmpty()) {
            assertThat(mayInclude(selection, c, true)).isTrue();
        }
        return verdicts;
    }

    private List<String> measured(ClassFacts c, String include, String exclude) {
        return verdicts(c, include, exclude, false).stream()
                .filter(verdict -> verdict.leftOut() == null)
                .map(verdict -> verdict.method().signature())
                .toList();
    }

    private List<String> measured(ClassFacts c, String include) {
        return measured(c, include, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.acme.**            | pay() pay(int,java.lang.String)",
                "Order                  | pay() pay(int,java.lang.String)",
                "com.acme.Order#*       | pay() pay(int,java.lang.String) hidden()",
                "com.acme.Order#pay     | pay() pay(int,java.lang.String)",
                "com.acme.Order#pay()   | pay()",
                "com.acme.Order#pay(..) | pay() pay(int,java.lang.String)",
                "Order#pay(int, String) | pay(int,java.lang.String)",
                "Order#pay(*)           | ''",
                "Order#hid*             | hidden()",
                "Order#getTotal         | getTotal()",
                "Order#get*             | ''",
                "Order#toString         | toString()",
                "Order#<init>           | <init>()",
                "Order#later            | ''",
                "com.other.**           | ''",
                "Order#*Total;Order#getT* | ''",
                "Order#get*;Order#getTotal | getTotal()",
            })
    void shouldMeasureWhatIsDocumented(String include, String methods) {
        assertThat(String.join(" ", measured(order, include))).isEqualTo(methods);
    }

    @Test
    void shouldTakeTrivialMethodsOnRequest() {
        assertThat(verdicts(order, "Order", "", true).stream()
                        .filter(verdict -> verdict.leftOut() == null)
                        .map(verdict -> verdict.method().name()))
                .containsExactly("pay", "pay", "getTotal", "toString");
    }

    @Test
    void shouldSayWhyAMethodIsLeftOut() {
        assertThat(verdicts(order, "Order", "Order#pay(..)", false))
                .extracting(verdict -> verdict.method().name() + ": "
                        + Objects.requireNonNullElse(verdict.leftOut(), "").split("[: ]", -1)[0])
                .containsExactly(
                        "pay: excluded",
                        "pay: excluded",
                        "hidden: private",
                        "getTotal: trivial",
                        "<init>: constructor",
                        "later: no",
                        "inC: no",
                        "toString: equals,");
    }

    @Test
    void shouldNotLookAtTheJdkNorAtVperf() {
        for (String name :
                new String[] {"java.util.List", "jdk.internal.X", "sun.misc.Y", "io.vperf.bootstrap.Probe"}) {
            ClassFacts c = types.add(name, List.of(), List.of(), method("m"));
            assertThat(measured(c, "**")).isEmpty();
            assertThat(mayInclude(selection("**", "", false), c, true)).isFalse();
        }
        assertThat(measured(types.add("javax.inject.X", List.of(), List.of(), method("m")), "**"))
                .hasSize(1);
    }

    @Test
    void shouldFollowSupertypesOfSupertypes() {
        types.add("a.Repository", List.of(), List.of());
        types.add("a.Special", List.of("java.lang.Object", "a.Repository"), List.of());
        types.add("a.Base", List.of("java.lang.Object", "a.Special"), List.of());
        ClassFacts c = types.add("b.Orders", List.of("a.Base"), List.of(), method("find"), method("save"));

        assertThat(measured(c, "a.Repository+#find(..)")).containsExactly("find()");
        assertThat(measured(c, "Repository+")).containsExactly("find()", "save()");
        assertThat(measured(c, "a.Repository#find")).isEmpty();
        assertThat(types.missing).isEmpty();
    }

    @Test
    void shouldTellWhichSupertypesAreMissingButKnowTheirNames() {
        ClassFacts c = types.add("b.Orders", List.of("gone.Base"), List.of(), method("find"));

        assertThat(measured(c, "gone.Base+")).containsExactly("find()");
        assertThat(measured(c, "gone.Other+")).isEmpty();
        assertThat(types.missing).containsOnly("gone.Base");
    }

    @Test
    void shouldEndWhereSupertypesGoInCircles() {
        types.add("a.A", List.of("a.B"), List.of());
        ClassFacts b = types.add("a.B", List.of("a.A"), List.of(), method("m"));

        assertThat(measured(b, "a.C+")).isEmpty();
    }

    @Test
    void shouldFindAnnotationsOfTypesAndMethods() {
        ClassFacts typed = types.add("a.T", List.of(), List.of("x.Timed"), method("m"), method("getIt"));
        ClassFacts marked = types.add(
                "a.M",
                List.of(),
                List.of(),
                method(PRIVATE, "getIt", "()V", "x.Timed"),
                method("other"),
                method(PUBLIC, "<init>", "()V", "x.Timed"));

        assertThat(measured(typed, "@x.Timed")).containsExactly("m()");
        assertThat(measured(typed, "@Timed")).containsExactly("m()");
        assertThat(measured(typed, "@y.Timed")).isEmpty();
        assertThat(measured(marked, "@x.Timed")).containsExactly("getIt()", "<init>()");
        assertThat(measured(marked, "@x.Timed#*")).isEmpty();
        assertThat(measured(typed, "a.*#@x.Timed")).isEmpty();
        assertThat(measured(marked, "a.*#@x.Timed")).containsExactly("getIt()", "<init>()");
        assertThat(measured(marked, "b.*#@x.Timed")).isEmpty();
        assertThat(measured(typed, "@x.Timed#get*;@x.Timed#getIt")).containsExactly("getIt()");
    }

    @Test
    void shouldFollowAnnotationsOfAnnotationsEvenInCircles() {
        types.add("x.Component", List.of(), List.of("x.Service"));
        types.add("x.Service", List.of(), List.of("x.Component", "java.lang.annotation.Documented"));
        types.add("my.Own", List.of(), List.of("x.Service"));
        ClassFacts c = types.add("a.C", List.of(), List.of("my.Own", "gone.Annotation"), method("m"));

        assertThat(measured(c, "@x.Component")).containsExactly("m()");
        assertThat(measured(c, "@x.Other")).isEmpty();
        assertThat(types.missing).isEmpty();
    }

    @Test
    void shouldKnowGroupsOfAnnotations() {
        ClassFacts c = types.add("a.C", List.of(), List.of("org.springframework.stereotype.Service"), method("m"));
        ClassFacts d = types.add(
                "a.D",
                List.of(),
                List.of(),
                method(PUBLIC, "span", "()V", "io.opentelemetry.instrumentation.annotations.WithSpan"));

        assertThat(measured(c, "@spring")).containsExactly("m()");
        assertThat(measured(c, "@jakarta;@micrometer;@opentelemetry")).isEmpty();
        assertThat(measured(d, "@opentelemetry")).containsExactly("span()");
    }

    @Test
    void shouldInheritAnnotationsOnRequest() {
        types.add("a.Api", List.of(), List.of(), method(PUBLIC | ABSTRACT, "call", "(Ljava/lang/Object;)V", "x.Timed"));
        ClassFacts c = types.add(
                "a.Impl",
                List.of("java.lang.Object", "a.Api"),
                List.of(),
                method(PUBLIC, "call", "(Ljava/lang/String;)V"),
                method(BRIDGE, "call", "(Ljava/lang/Object;)V"),
                method(PUBLIC, "call", "(I)V"),
                method(PUBLIC, "call", "()V"));

        assertThat(measured(c, "@x.Timed+")).containsExactly("call(java.lang.String)");
        assertThat(measured(c, "*#@x.Timed+")).containsExactly("call(java.lang.String)");
        assertThat(measured(c, "@x.Timed")).isEmpty();
    }

    @Test
    void shouldInheritAnnotationsOfTypesOnRequest() {
        types.add("a.Api", List.of(), List.of("x.Timed"));
        ClassFacts c = types.add("a.Impl", List.of("java.lang.Object", "a.Api"), List.of(), method("m"));

        assertThat(measured(c, "@x.Timed+")).containsExactly("m()");
        assertThat(measured(c, "@x.Timed")).isEmpty();
    }

    @Test
    void shouldExcludeWhateverIncludes() {
        assertThat(measured(order, "Order#pay;Order#<init>", "Order#pay(int,..)"))
                .containsExactly("pay()", "<init>()");
        assertThat(measured(order, "Order#pay;Order#<init>", "com.acme.**")).isEmpty();
        assertThat(measured(order, "Order#pay", "Order#get*;Orders")).hasSize(2);
        assertThat(selection("", "Order#get;Order#pay;Order", false).excluding(order, method("pay"), types))
                .extracting(MethodPattern::toString)
                .containsExactly("Order#pay", "Order");
        assertThat(selection("", "Order#pay", false).excluding(order, method("get"), types))
                .isEmpty();
    }

    private boolean mayInclude(Selection selection, ClassFacts c, boolean annotations) {
        return selection.mayInclude(c.name().replace('.', '/'), new Selection.Glance() {
            @Override
            public boolean hasAnnotations() {
                return annotations;
            }

            @Override
            public ClassFacts head() {
                return new ClassFacts(c.name(), c.superName(), c.interfaces(), List.of(), List.of(), c.kind());
            }

            @Override
            public TypeFinder types() {
                return types;
            }
        });
    }

    @Test
    void shouldTurnClassesDownAtAGlance() {
        types.add("a.Base", List.of(), List.of());
        ClassFacts c = types.add("b.C", List.of("a.Base"), List.of());

        assertThat(mayInclude(selection("b.*", "", false), c, false)).isTrue();
        assertThat(mayInclude(selection("a.*;C.*", "", false), c, true)).isFalse();
        assertThat(mayInclude(selection("@x.Timed", "", false), c, false)).isFalse();
        assertThat(mayInclude(selection("@x.Timed", "", false), c, true)).isTrue();
        assertThat(mayInclude(selection("@x.Timed+", "", false), c, false)).isTrue();
        assertThat(mayInclude(selection("a.Base+", "", false), c, false)).isTrue();
        assertThat(mayInclude(selection("a.Base+#@x.Timed", "", false), c, false))
                .isFalse();
        assertThat(mayInclude(selection("a.Other+", "", false), c, true)).isFalse();
        assertThat(mayInclude(selection("a.Other+;C", "", false), c, true)).isTrue();
    }
}
