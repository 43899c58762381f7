package io.vperf.pauses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In JVMs of their own, held against what the JVM itself logs of its collections, and against a thread that cannot run meanwhile. */
@Timeout(120)
class PausesJvmTest {

    private static final String CHECKED = "source the JVM's safepoint log, checked against its counters";

    /** {@code [78347401509117ns][gc] GC(0) Pause Full (System.gc()) 26M->9M(290M) 48.153ms} */
    private static final Pattern COLLECTED =
            Pattern.compile("\\[(\\d+)ns\\]\\[gc[^\\]]*\\] GC\\(\\d+\\) ([yYoO]: )?(Pause|Concurrent) .*?([0-9.]+)ms");

    /** The log of collections gives milliseconds with three digits. */
    private static final long ROUNDING_NS = 1_000;

    /** A JVM tells since 25 until when threads were kept from running. */
    private static final int TELLS_WHEN_LET_GO = 25;

    private final Path folder;

    PausesJvmTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A stretch that the JVM's log of collections tells of. */
    private record Stretch(long beginNs, long endNs, boolean isPause, String line) {}

    private static Stream<Arguments> jvms() throws Exception {
        List<Arguments> all = new ArrayList<>();
        for (var jdk : Jdks.launchers().entrySet()) {
            for (String collector : List.of("Serial", "Parallel", "G1", "Z", "Shenandoah")) {
                if (starts(jdk.getValue(), collector)) {
                    all.add(Arguments.of(jdk.getKey(), collector, jdk.getValue()));
                }
            }
        }
        return all.stream();
    }

    private static boolean starts(Path launcher, String collector) throws Exception {
        return new ProcessBuilder(launcher.toString(), "-XX:+Use" + collector + "GC", "-version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private PausesRun run(int feature, Path launcher, List<String> options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(options);
        all.add("-Xmx300m");
        if (feature >= 22) {
            all.add("--enable-native-access=ALL-UNNAMED");
        }
        return PausesRun.of(launcher, folder, all, List.of(arguments));
    }

    private PausesRun run(List<String> options, String... arguments) throws Exception {
        Path launcher = Path.of(System.getProperty("java.home"), "bin", "java");
        return run(Runtime.version().feature(), launcher, options, arguments);
    }

    @ParameterizedTest(name = "JDK {0}, {1}")
    @MethodSource("jvms")
    void shouldTellOfEveryPauseAndNothingElse(int feature, String collector, Path launcher) throws Exception {
        Path log = folder.resolve("gc.log");
        PausesRun run = run(
                feature,
                launcher,
                List.of(
                        "-XX:+Use" + collector + "GC",
                        "-Xlog:gc*=info,safepoint=info:file=" + log + ":timenanos,tags:filecount=0"));

        assertThat(run.output()).contains(CHECKED).doesNotContain("WARNING");
        assertThat(run.pauses()).extracting(Pause::kind).contains(PauseKind.GC, PauseKind.OTHER);
        List<String> lines = Files.readAllLines(log);
        shouldBeThoseOfTheSafepointLog(run, lines);
        shouldHoldThePausesOfTheCollector(run, lines, feature >= TELLS_WHEN_LET_GO);
        shouldAddUp(run);
        if (feature >= TELLS_WHEN_LET_GO) {
            shouldLetNothingRun(run);
        }
    }

    /** Whose lines of safepoints before and after are none of ours. */
    private static void shouldBeThoseOfTheSafepointLog(PausesRun run, List<String> lines) {
        String logged = lines.stream()
                .filter(line -> line.contains("] Safepoint \""))
                .map(line -> line.replaceAll(".*Safepoint \"(\\w+)\".*Total: +(\\d+) ns.*", "$1 $2"))
                .reduce("\n", (all, line) -> all + line + '\n');
        String ours = run.pauses().stream()
                .map(pause -> pause.operation() + ' ' + pause.lengthNs())
                .reduce("\n", (all, line) -> all + line + '\n');

        assertThat(logged).contains(ours);
    }

    /**
     * @param toldWhenLetGo if not, the end of a pause may be late by as long as the VM thread waits for a vCPU, and hold what a
     *     collector does beside the application after it
     */
    private static void shouldHoldThePausesOfTheCollector(PausesRun run, List<String> lines, boolean toldWhenLetGo) {
        List<Pause> gcs = run.pauses().stream()
                .filter(pause -> pause.kind() == PauseKind.GC)
                .toList();
        List<Pause> withoutLine = new ArrayList<>(gcs);
        long fromNs = run.pauses().get(0).beginNs();
        long toNs = run.pauses().get(run.pauses().size() - 1).endNs();
        for (Stretch stretch : stretches(lines)) {
            List<Pause> around = gcs.stream()
                    .filter(pause -> pause.beginNs() <= stretch.beginNs && stretch.endNs <= pause.endNs())
                    .toList();
            if (!stretch.isPause) {
                assertThat(around)
                        .as(stretch.line)
                        .noneMatch(pause -> toldWhenLetGo && stretch.endNs <= pause.letGoNs());
            } else if (stretch.beginNs >= fromNs && stretch.endNs <= toNs) {
                assertThat(around).as(stretch.line).hasSize(1);
                withoutLine.removeAll(around);
            }
        }
        assertThat(withoutLine).isEmpty();
    }

    private static List<Stretch> stretches(List<String> lines) {
        List<Stretch> stretches = new ArrayList<>();
        for (String line : lines) {
            Matcher parts = COLLECTED.matcher(line);
            if (parts.matches()) {
                long endNs = Long.parseLong(parts.group(1));
                long lengthNs = Math.round(Double.parseDouble(parts.group(4)) * 1_000_000);
                boolean isPause = parts.group(3).equals("Pause");
                if (isPause || lengthNs > 10 * ROUNDING_NS) {
                    stretches.add(new Stretch(endNs - lengthNs + ROUNDING_NS, endNs, isPause, line));
                }
            }
        }
        return stretches;
    }

    private static void shouldAddUp(PausesRun run) {
        long totalNs = run.pauses().stream().mapToLong(Pause::lengthNs).sum();
        long stoppedNs = run.pauses().stream()
                .mapToLong(pause -> pause.letGoNs() - pause.stoppedNs())
                .sum();

        // What began while the program asked for the last time may be in one and not in the other.
        List<Pause> covered = run.pauses().stream()
                .filter(pause -> pause.endNs() <= run.numbers("covered")[0])
                .toList();
        long coveredNs = covered.stream().mapToLong(Pause::lengthNs).sum();
        long[] sums = run.numbers("sums");
        assertThat(sums[0]).isBetween((long) covered.size(), (long) run.pauses().size());
        assertThat(sums[1]).isBetween(coveredNs, totalNs);
        assertThat(sums[2]).as("unplaced").isZero();
        assertThat(run.numbers("overlap")[0]).isLessThanOrEqualTo(stoppedNs);
        assertThat(run.numbers("overlap")[1]).isLessThanOrEqualTo(totalNs).isGreaterThan(totalNs / 2);
        assertThat(run.numbers("after")).containsExactly(0);
        assertThat(run.numbers("overwritten")).containsExactly(0);
    }

    /** Of pauses so long that the spinning thread tells of its gap. */
    private static void shouldLetNothingRun(PausesRun run) {
        List<Pause> looked = run.pauses().stream()
                .filter(pause -> pause.letGoNs() - pause.stoppedNs() > 60_000)
                .filter(pause -> pause.beginNs() > run.gaps().get(0)[0])
                .filter(pause -> pause.endNs() < run.gaps().get(run.gaps().size() - 1)[1])
                .toList();
        for (Pause pause : looked) {
            assertThat(run.gaps())
                    .as(pause.toString())
                    .anyMatch(gap -> gap[0] <= pause.stoppedNs() + 10_000 && gap[1] >= pause.letGoNs() - 10_000);
        }
    }

    @Test
    void shouldBookByTheCountersWhatTheLogLacks() throws Exception {
        PausesRun run = run(List.of("-XX:+UseSerialGC"), "disable");

        assertThat(run.output())
                .contains(CHECKED)
                .contains("disabled Available[value=]")
                .contains("vperf: the JVM's safepoint log lacks pauses");
        long[] sums = run.numbers("sums");
        assertThat(sums[2]).as("unplaced").isPositive();
        assertThat(sums[3]).as("unplaced ns").isPositive();
        assertThat(sums[0]).isGreaterThan(sums[2]);
        long[] overlap = run.numbers("overlap");
        assertThat(overlap[0]).isNotNegative();
        assertThat(overlap[1]).isGreaterThanOrEqualTo(overlap[0]).isLessThanOrEqualTo(sums[1]);
    }

    @Test
    void shouldReadALogThatTheJvmWritesLater() throws Exception {
        PausesRun run = run(List.of("-Xlog:async"));

        assertThat(run.output()).contains(CHECKED);
        shouldAddUp(run);
    }

    @Test
    void shouldDoWithoutCounters() throws Exception {
        PausesRun run = run(List.of("-XX:-UsePerfData"));

        assertThat(run.output()).contains("source the JVM's safepoint log, unchecked: this JVM keeps no counters");
        shouldAddUp(run);
    }

    @Test
    void shouldDoWithoutNativeCode() throws Exception {
        shouldKnowCountsOnly(run(List.of(), "nonative"), "switched off");
    }

    @Test
    void shouldDoWithoutTheModuleOfDiagnosticCommands() throws Exception {
        shouldKnowCountsOnly(
                run(List.of("--limit-modules", "java.base,java.instrument,java.logging,jdk.unsupported")),
                "this JVM runs without the module jdk.management");
    }

    private static void shouldKnowCountsOnly(PausesRun run, String why) {
        assertThat(run.output()).contains("source the JVM's safepoint counters; not its log: " + why);
        long[] sums = run.numbers("sums");
        assertThat(sums[0]).isEqualTo(sums[2]).isGreaterThanOrEqualTo(8);
        assertThat(sums[1]).isEqualTo(sums[3]).isPositive();
        assertThat(run.numbers("overlap")[1]).isPositive().isLessThanOrEqualTo(sums[1]);
    }

    @Test
    void shouldSayWhyNothingIsKnown() throws Exception {
        PausesRun run = run(List.of("-XX:-UsePerfData"), "nonative");

        assertThat(run.output())
                .isEqualTo("unavailable the JVM tells nothing of its pauses: switched off; this JVM keeps no counters"
                        + " / start without -XX:-UsePerfData\n");
    }
}
