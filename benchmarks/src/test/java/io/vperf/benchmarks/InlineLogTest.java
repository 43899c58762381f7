package io.vperf.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On the tasks of C1 and C2 for this method, cut from a log of -XX:+LogCompilation:
 *
 * <pre>
 * int loop(int x)     { for (int i = 0; i < 1000; i++) x = measured(x | 1); return x; }
 * int measured(int x) { return outer(x) * 31 + 7; }
 * int outer(int x)    { return x + (int) RUNTIME.freeMemory(); }
 * </pre>
 */
final class InlineLogTest {

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void shouldTellWhatC2InlinedAndWhatNot(int jdk) throws IOException {
        assertThat(InlineLog.read(lines(jdk), "Loop loop"))
                .extracting(InlineLog.Site::depth, InlineLog.Site::callee, InlineLog.Site::inlined)
                .map(site -> site.toList())
                .containsExactly(
                        List.of(0, "Loop.measured", true),
                        List.of(1, "Loop.outer", true),
                        List.of(2, "java.lang.Runtime.freeMemory", false));
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void shouldFindNothingOfAMethodThatWasNotCompiled(int jdk) throws IOException {
        assertThat(InlineLog.read(lines(jdk), "Loop main")).isEmpty();
    }

    private static List<String> lines(int jdk) throws IOException {
        String name = "compilation-jdk" + jdk + ".log";
        try (InputStream in = Objects.requireNonNull(InlineLogTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
