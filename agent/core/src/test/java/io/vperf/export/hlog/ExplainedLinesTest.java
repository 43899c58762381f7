package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.SlowCall;
import io.vperf.explain.Throttled;
import io.vperf.explain.WallSplit;
import io.vperf.export.Snapshots;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.JvmInterval;
import io.vperf.record.MethodInterval;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the time went, written and read back. */
class ExplainedLinesTest {

    private static final Throttled THROTTLED = new Throttled(
            List.of(
                    new Throttled.Level("/system.slice/app.service", 50, 7, 340_000_000),
                    new Throttled.Level("/", 0, 0, 0)),
            120_000_000);

    private final Path temp;

    ExplainedLinesTest(@TempDir Path temp) {
        this.temp = temp;
    }

    /** Each part another number, none of them 0. */
    private static WallSplit split(long seed, @Nullable Long pausedNs, @Nullable Long blockedWhileStolenNs) {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, seed * 100 + parts.size());
        }
        return new WallSplit(parts, pausedNs, blockedWhileStolenNs);
    }

    private static SlowCall slow(long wallNs) {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("page-faults", 12L);
        counters.put("cycles", 4_000_000_000L);
        return new SlowCall(
                1_700_000_001_234L,
                wallNs,
                "http-1 \"größte\"\n",
                42,
                1,
                0,
                true,
                8,
                1_000L,
                9_000L,
                split(wallNs, 5L, 6L),
                counters,
                List.of("shop.Main.serve()", "shop.Größe.of(int[],java.lang.String)"),
                3);
    }

    /** As little as can be known of one. */
    private static SlowCall bare(long wallNs) {
        return new SlowCall(
                0,
                wallNs,
                "main",
                1,
                null,
                null,
                false,
                1,
                null,
                null,
                split(wallNs, null, null),
                Map.of(),
                List.of(),
                0);
    }

    private static MethodInterval explained(String name, Explanation explanation) {
        return Snapshots.stealUnknown(name).with(explanation);
    }

    private static IntervalSnapshot interval(@Nullable Throttled throttled, MethodInterval... methods) {
        return new IntervalSnapshot(0, 5_000, List.of(methods), null, Map.of())
                .with(new JvmInterval(throttled, null, null));
    }

    private static String text(IntervalSnapshot... intervals) {
        HlogEncoder encoder = new HlogEncoder(Snapshots.header());
        StringBuilder text = new StringBuilder(new String(encoder.header(), StandardCharsets.UTF_8));
        for (IntervalSnapshot interval : intervals) {
            text.append(new String(encoder.interval(interval), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private HlogText.Seen read(String text) {
        return HlogText.read(temp, text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Explanation explanation(HlogText.Seen seen, int interval, int method) {
        return seen.intervals.get(interval).methods().get(method).explanation();
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        Explanation first = new Explanation(split(7, 11L, 13L), List.of(slow(90), slow(80), bare(70)), 17);
        Explanation second = new Explanation(split(3, null, null), List.of(bare(60)), 0);
        Explanation third = new Explanation(split(4, 0L, 0L), List.of(), 0);
        String text = text(
                interval(THROTTLED, explained("a", first), explained("b", second)),
                interval(null, explained("b", third), Snapshots.stealUnknown("a")),
                interval(new Throttled(List.of(), 0)));
        HlogText.Seen seen = read(text);

        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).hasSize(3);
        assertThat(explanation(seen, 0, 0)).isEqualTo(first);
        assertThat(explanation(seen, 0, 1)).isEqualTo(second);
        assertThat(explanation(seen, 1, 0)).isEqualTo(third);
        assertThat(explanation(seen, 1, 1)).isNull();
        assertThat(seen.intervals)
                .extracting(i -> i.jvm().throttled())
                .containsExactly(THROTTLED, null, new Throttled(List.of(), 0));
        assertThat(text).as("unknown is absent").doesNotContain("null");
    }

    /** The keys are the format: a file written today is read for years. */
    @Test
    void shouldWriteTheseLines() {
        WallSplit split = new WallSplit(
                Map.ofEntries(
                        Map.entry(Part.RUNNING, 1L),
                        Map.entry(Part.RUNNING_OR_STOLEN, 2L),
                        Map.entry(Part.STOLEN, 3L),
                        Map.entry(Part.RUN_DELAY, 4L),
                        Map.entry(Part.THROTTLED, 5L),
                        Map.entry(Part.MONITOR, 6L),
                        Map.entry(Part.WAITING, 7L),
                        Map.entry(Part.UNMOUNTED, 19L),
                        Map.entry(Part.BLOCKED, 8L),
                        Map.entry(Part.OFF_CPU, 9L),
                        Map.entry(Part.UNKNOWN, 10L)),
                11L,
                12L);
        String parts = "{\"running\":1,\"runningOrStolen\":2,\"stolen\":3,\"runDelay\":4,\"throttled\":5,\"monitor\":6,"
                + "\"waiting\":7,\"unmounted\":19,\"blocked\":8,\"offCpu\":9,\"unknown\":10}";
        SlowCall call = new SlowCall(
                13, 74, "main", 1, 2, 3, false, 1, 14L, 15L, split, Map.of("cycles", 16L), List.of("b"), 17);
        String text = text(interval(THROTTLED, explained("a", new Explanation(split, List.of(call), 18))));

        assertThat(text)
                .contains(
                        "#vperf {\"v\":1,\"kind\":\"slow\",\"name\":\"a\",\"startMs\":13,\"wallNs\":74,\"thread\":\"main\","
                                + "\"threadNumber\":1,\"vcpuAtEntry\":2,\"vcpuAtExit\":3,\"thrown\":false,\"weight\":1,"
                                + "\"leastStolenNs\":14,\"mostStolenNs\":15,\"parts\":" + parts
                                + ",\"pausedNs\":11,\"blockedWhileStolenNs\":12,\"counters\":{\"cycles\":16},"
                                + "\"callers\":[\"b\"],\"callersLeftOut\":17}\n")
                .contains(",\"parts\":" + parts + ",\"pausedNs\":11,\"blockedWhileStolenNs\":12,\"slowLeftOut\":18}\n")
                .contains(",\"throttled\":{\"levels\":[{\"path\":\"/system.slice/app.service\",\"periods\":50,"
                        + "\"throttledPeriods\":7,\"throttledNs\":340000000},{\"path\":\"/\",\"periods\":0,"
                        + "\"throttledPeriods\":0,\"throttledNs\":0}],\"attributedNs\":120000000}}\n");
    }

    @Test
    void shouldReadFilesThatDoNotTell() {
        HlogText.Seen seen = read(HlogEncoderTest.golden());
        assertThat(seen.troubles).isEmpty();
        assertThat(seen.intervals).isNotEmpty().allSatisfy(i -> {
            assertThat(i.jvm()).isEqualTo(JvmInterval.NONE);
            assertThat(i.methods())
                    .isNotEmpty()
                    .allSatisfy(m -> assertThat(m.explanation()).isNull());
        });
    }

    /** What a newer vperf has told apart is still a part of the sum. */
    @Test
    void shouldReadAPartThatItDoesNotKnow() {
        WallSplit written = split(7, null, null);
        String text = text(interval(null, explained("a", new Explanation(written, List.of(bare(90)), 0))))
                .replace("\"monitor\":", "\"ioWait\":")
                .replace("\"waiting\":", "\"sleeping\":");
        HlogText.Seen seen = read(text);
        Explanation read = Objects.requireNonNull(explanation(seen, 0, 0));

        assertThat(seen.troubles).isEmpty();
        assertThat(read.split().wallNs()).isEqualTo(written.wallNs());
        assertThat(read.split().ns(Part.MONITOR)).isZero();
        assertThat(read.split().ns(Part.UNKNOWN))
                .isEqualTo(written.ns(Part.UNKNOWN) + written.ns(Part.MONITOR) + written.ns(Part.WAITING));
        assertThat(read.slow())
                .singleElement()
                .satisfies(call -> assertThat(call.split().wallNs())
                        .isEqualTo(bare(90).split().wallNs()));
    }

    /** As if a disk had eaten it. */
    private static String damaged(String text, String lineWith, String replaced, String by) {
        StringBuilder all = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            all.append(line.contains(lineWith) ? line.replaceFirst(replaced, by) : line)
                    .append('\n');
        }
        return all.toString();
    }

    @Test
    void shouldLeaveOutASlowCallThatIsDamaged() {
        Explanation written = new Explanation(split(7, null, null), List.of(slow(90), slow(80)), 0);
        String text = text(interval(null, explained("a", written)));
        for (String[] damage : new String[][] {
            {",\"callers\".*", ""},
            {"\"parts\":\\{[^}]*\\}", "\"parts\":null"},
            {"\"runDelay\":[0-9]+", "\"runDelay\":null"},
            {"\"runDelay\":[0-9]+", "\"runDelay\":-1"},
            {"\"runDelay\":[0-9]+", "\"runDelay\":\"long\""},
            {"\"thread\":", "\"threat\":"},
            {"\"callers\":", "\"colors\":"},
            {"\"callers\":\\[", "\"callers\":[null,"},
            {"\"cycles\":[0-9]+", "\"cycles\":null"},
        }) {
            HlogText.Seen seen = read(damaged(text, "\"wallNs\":90,", damage[0], damage[1]));
            assertThat(seen.troubles).as(damage[1]).hasSize(1);
            Explanation read = Objects.requireNonNull(explanation(seen, 0, 0), damage[1]);
            assertThat(read.slow()).as(damage[1]).containsExactly(slow(80));
            assertThat(read.split()).isEqualTo(written.split());
        }
    }

    /** Its slow calls are no other method's. */
    @Test
    void shouldNotGiveAMethodTheSlowCallsOfOneThatIsDamaged() {
        Explanation first = new Explanation(split(7, null, null), List.of(slow(90)), 0);
        Explanation second = new Explanation(split(3, null, null), List.of(slow(60)), 0);
        String text = text(interval(null, explained("a", first), explained("b", second)));
        HlogText.Seen seen = read(damaged(text, "\"kind\":\"method\",\"name\":\"a\"", ",\"calls\":.*", ""));

        assertThat(seen.troubles).hasSize(1);
        assertThat(explanation(seen, 0, 0)).isEqualTo(second);
    }

    @Test
    void shouldNotSayWhereTheTimeWentByHalfOfTheParts() {
        Explanation written = new Explanation(split(7, null, null), List.of(), 0);
        String text = text(interval(null, explained("a", written)));
        for (String ns : new String[] {"null", "-5"}) {
            HlogText.Seen seen = read(text.replaceFirst("\"stolen\":[0-9]+", "\"stolen\":" + ns));
            assertThat(explanation(seen, 0, 0)).as(ns).isNull();
        }
    }

    @Test
    void shouldNotUseHalfOfWhatIsSaidOfThrottling() {
        String text = text(interval(THROTTLED));
        for (String levels : new String[] {"\"levels\":null", "\"levels\":[null]", "\"floors\":[]"}) {
            HlogText.Seen seen = read(text.replaceFirst("\"levels\":\\[.*?\\]", levels));
            assertThat(seen.intervals).as(levels).hasSize(1);
            assertThat(seen.intervals.get(0).jvm().throttled()).as(levels).isNull();
        }
    }
}
