package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An OutOfMemoryError ends these JVMs, also one that vperf would catch. */
class SmallHeapIT {

    private static final String APP = "io.vperf.it.apps.Calls";
    private static final String OUTER = APP + ".outer(int)";

    private record Heap(String options, int sizeMb, int leastMb) {}

    private static final List<Heap> TOO_SMALL = List.of(
            new Heap("-Xshare:off -Xmx4m", 4, 16), // with the archive JDK 17 has no room to open the jar
            new Heap("-XX:+UseSerialGC -Xmx4m", 4, 16),
            new Heap("-Xmx6m", 6, 16),
            new Heap("-Xmx8m", 8, 16),
            new Heap("-Xmx12m", 12, 16),
            new Heap("-XX:+UseSerialGC -Xmx8m", 8, 16),
            new Heap("-XX:+UseZGC -Xmx16m", 16, 24));

    private static final List<String> JUST_ENOUGH = List.of(
            "-Xmx16m",
            "-XX:+UseSerialGC -Xmx16m",
            "-XX:+UseParallelGC -Xmx16m",
            "-XX:+UseG1GC -Xmx16m -XX:ActiveProcessorCount=64",
            "-XX:+UseZGC -Xmx24m");

    static Stream<Arguments> tooSmall() {
        return Jdk.all().stream().flatMap(jdk -> TOO_SMALL.stream().map(heap -> Arguments.of(jdk, heap)));
    }

    static Stream<Arguments> justEnough() {
        return Jdk.all().stream().flatMap(jdk -> JUST_ENOUGH.stream().map(options -> Arguments.of(jdk, options)));
    }

    @ParameterizedTest
    @MethodSource("tooSmall")
    void shouldStandAsideInAHeapThatIsTooSmall(Jdk jdk, Heap heap, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, heap.options);

        assertThat(run.status()).describedAs(run.err() + run.out()).isZero();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("vperf: not started, the application runs on without it: the heap may grow to ")
                .contains(
                        heap.sizeMb + " MB only, and vperf needs " + heap.leastMb + " MB",
                        "-Xmx" + heap.leastMb + "m or more");
        assertThat(run.dumpFiles()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("justEnough")
    void shouldMeasureInAHeapThatIsLargeEnough(Jdk jdk, String options, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, options);

        assertThat(run.status()).describedAs(run.err() + run.out()).isZero();
        assertThat(run.dump().calls(OUTER)).isEqualTo(200);
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    private static Jvm.Finished run(Jdk jdk, Path folder, String options) {
        Jvm jvm = new Jvm(jdk, folder).option("-XX:+ExitOnOutOfMemoryError");
        Stream.of(options.split(" ")).forEach(jvm::option);
        return jvm.run(APP, "nesting");
    }
}
