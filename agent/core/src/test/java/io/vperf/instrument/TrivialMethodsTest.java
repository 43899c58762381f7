package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.select.ClassFacts;
import io.vperf.select.MethodFacts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrivialMethodsTest {

    /** Methods are called after what they are expected to be. */
    @SuppressWarnings({"unused", "UnusedMethod", "UnusedVariable", "SynchronizeOnNonFinalField"})
    static class Shapes {

        @Nullable
        String name = "";

        long total;
        Object lock = this;

        void trivialEmpty() {}

        int trivialConstant() {
            return 42;
        }

        @Nullable
        String trivialGetter() {
            return name;
        }

        Shapes trivialFluentSetter(String value) {
            name = value;
            return this;
        }

        String trivialDefault() {
            return name == null ? "none" : name;
        }

        Long trivialBoxing() {
            return total;
        }

        boolean trivialUnboxing(Boolean b) {
            return b;
        }

        void trivialCheckedSetter(String value) {
            name = Objects.requireNonNull(value);
        }

        long trivialSum(long a, int b) {
            return total + a * b;
        }

        String busyDelegate() {
            return lock.toString();
        }

        int busyParsing(String s) {
            return Integer.valueOf(s);
        }

        long busyLoop(int n) {
            while (n > 0) {
                n--;
            }
            return n;
        }

        Object busyAllocation() {
            return new Object();
        }

        int[] busyArray() {
            return new int[4];
        }

        String[] busyStrings() {
            return new String[4];
        }

        long[][] busyArrays() {
            return new long[4][4];
        }

        synchronized long busyLocked() {
            return total;
        }

        long busyLocking() {
            synchronized (lock) {
                return total;
            }
        }

        String busyConcatenation() {
            return name + total;
        }

        Runnable busyLambda() {
            return () -> total++;
        }

        long busyAsItIsLong(long a) {
            return a * 3 + (a << 2) - (a >> 4) + (a ^ 0x55) * (a | 7) - (a & 31) + (a + 11) * (a - 13) + total;
        }
    }

    record Point(int x, int y) {}

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldTellTrivialMethodsFromBusyOnes(MethodFacts method) {
        assertThat(new TrivialMethods(ClassBytes.of(Shapes.class)).isTrivial(method))
                .isEqualTo(method.name().startsWith("trivial"));
    }

    static Object[] shapes() {
        return facts(Shapes.class).methods().stream()
                .filter(method -> method.name().matches("(trivial|busy).*"))
                .toArray();
    }

    @Test
    void shouldTakeAccessorsOfRecordsForTrivial() {
        TrivialMethods trivial = new TrivialMethods(ClassBytes.of(Point.class));

        assertThat(facts(Point.class).methods())
                .filteredOn(trivial::isTrivial)
                .extracting(MethodFacts::signature)
                .containsExactlyInAnyOrder("x()", "y()");
    }

    private static ClassFacts facts(Class<?> c) {
        return ClassFactsReader.read(ClassBytes.of(c));
    }
}
