package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.select.ClassFacts;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;

class ClassFactsReaderTest {

    private static final String PREFIX = "io.vperf.instrument.ClassFactsReaderTest$";

    @Repeatable(Timers.class)
    @interface Timer {
        String value();
    }

    @interface Timers {
        Timer[] value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Seen {}

    @Seen
    static class Marked extends Thread implements Callable<String> {

        @Timer("a")
        @Timer("b")
        void twice(int i, String[][] texts, long... longs) {}

        @Override
        public String call() {
            return "";
        }
    }

    enum Kinds {
        ONE {
            @Override
            void m() {}
        };

        abstract void m();
    }

    private static ClassFacts facts(Class<?> c) {
        return ClassFactsReader.read(ClassBytes.of(c));
    }

    @Test
    void shouldReadNamesSupertypesAndAnnotations() {
        ClassFacts facts = facts(Marked.class);

        assertThat(facts.name()).isEqualTo(PREFIX + "Marked");
        assertThat(facts.superName()).isEqualTo("java.lang.Thread");
        assertThat(facts.interfaces()).containsExactly("java.util.concurrent.Callable");
        assertThat(facts.annotations()).containsExactly(PREFIX + "Seen");
        assertThat(facts.kind()).isEqualTo(ClassFacts.Kind.OTHER);
    }

    @Test
    void shouldReadTheHeadAsItIsInTheWhole() {
        ClassFacts facts = facts(Marked.class);

        assertThat(ClassFactsReader.head(ClassBytes.of(Marked.class)))
                .isEqualTo(new ClassFacts(
                        facts.name(), facts.superName(), facts.interfaces(), List.of(), List.of(), facts.kind()));
    }

    /** A compiler puts repeated annotations into a container. */
    @Test
    void shouldLookIntoContainersOfRepeatedAnnotations() {
        assertThat(facts(Marked.class).methods())
                .filteredOn(method -> method.name().equals("twice"))
                .singleElement()
                .satisfies(method -> {
                    assertThat(method.annotations()).contains(PREFIX + "Timers", PREFIX + "Timer");
                    assertThat(method.signature()).isEqualTo("twice(int,java.lang.String[][],long[])");
                });
    }

    @Test
    void shouldKnowEnumsAndGeneratedClasses() {
        assertThat(facts(Kinds.class).kind()).isEqualTo(ClassFacts.Kind.ENUM);
        byte[] proxy = new ByteBuddy()
                .subclass(Marked.class)
                .name(PREFIX + "Marked$$SpringCGLIB$$0")
                .make()
                .getBytes();
        assertThat(ClassFactsReader.read(proxy).kind()).isEqualTo(ClassFacts.Kind.GENERATED);
        byte[] ofJdk =
                new ByteBuddy().subclass(Proxy.class).name("a.$Proxy1").make().getBytes();
        assertThat(ClassFactsReader.read(ofJdk).kind()).isEqualTo(ClassFacts.Kind.GENERATED);
    }

    /** Reflection says the same of a class with many methods. */
    @Test
    void shouldNameArgumentsAsReflectionDoes() {
        List<String> expected = Arrays.stream(Arrays.class.getDeclaredMethods())
                .map(ClassFactsReaderTest::signature)
                .sorted()
                .toList();
        byte[] classFile = Objects.requireNonNull(ClassBytes.find(null, "java.util.Arrays"));

        assertThat(ClassFactsReader.read(classFile).methods().stream()
                        .filter(method -> !method.name().startsWith("<"))
                        .map(method -> method.signature())
                        .sorted())
                .isEqualTo(expected);
    }

    private static String signature(Method m) {
        String types =
                Arrays.stream(m.getParameterTypes()).map(Class::getTypeName).collect(Collectors.joining(","));
        return m.getName() + '(' + types + ')';
    }
}
