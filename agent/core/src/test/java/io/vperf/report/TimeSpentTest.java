package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.SlowCall;
import io.vperf.explain.Throttled;
import io.vperf.explain.WallSplit;
import io.vperf.export.Snapshots;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.JvmInterval;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeSpentTest {

    private static final long MS = 1_000_000;
    private static final long DAY = 86_400_000 * MS;

    private final TimeSpent spent = new TimeSpent();

    private static WallSplit split(Map<Part, Long> ms) {
        return split(ms, null, null);
    }

    private static WallSplit split(Map<Part, Long> ms, @Nullable Long pausedNs, @Nullable Long whileStolenNs) {
        Map<Part, Long> ns = new EnumMap<>(Part.class);
        ms.forEach((part, value) -> ns.put(part, value * MS));
        return new WallSplit(ns, pausedNs, whileStolenNs);
    }

    private static SlowCall call(long wallMs, String thread, WallSplit split) {
        return new SlowCall(
                1_700_000_001_234L + wallMs,
                wallMs * MS,
                thread,
                1,
                null,
                null,
                false,
                1,
                null,
                null,
                split,
                Map.of(),
                List.of(),
                0);
    }

    private static SlowCall call(long wallMs) {
        return call(wallMs, "main", split(Map.of(Part.RUNNING, wallMs)));
    }

    @Test
    void shouldSayNothingWhereNothingIsKnown() {
        spent.add(null, 0);
        assertThat(spent.lines()).isEmpty();
        spent.add(new Explanation(split(Map.of()), List.of(), 0), 0);
        assertThat(spent.lines()).as("no call has ended").isEmpty();
    }

    @Test
    void shouldShowEachPartsShare() {
        spent.add(new Explanation(split(Map.of(Part.RUNNING, 50L, Part.STOLEN, 20L), 0L, 3 * MS), List.of(), 0), 0);
        spent.add(null, 0);
        spent.add(
                new Explanation(split(Map.of(Part.RUNNING, 20L, Part.WAITING, 10L), 5 * MS, 4 * MS), List.of(), 0), 0);

        assertThat(spent.lines())
                .containsExactly(
                        "time spent   running 70.00 %, stolen 20.00 %, wait/park/sleep 10.00 %; meanwhile JVM paused"
                                + " 5.00 ms, blocked while a vCPU was stolen at most 7.00 ms");
    }

    @Test
    void shouldLeaveOutSharesTooSmallToShow() {
        Map<Part, Long> ms = Map.of(Part.RUNNING, 99_980L, Part.MONITOR, 10L, Part.RUN_DELAY, 9L, Part.OFF_CPU, 1L);
        spent.add(new Explanation(split(ms), List.of(), 0), 0);
        assertThat(spent.lines()).containsExactly("time spent   running 99.98 %, monitor 0.01 %");
    }

    /** Of many threads over many days. */
    @Test
    void shouldShowSharesOfAnyTime() {
        long ns = 20_000 * DAY;
        Map<Part, Long> parts = Map.of(Part.RUNNING, ns, Part.RUN_DELAY, ns, Part.BLOCKED, 2 * ns, Part.STOLEN, 1L);
        spent.add(new Explanation(new WallSplit(parts, null, null), List.of(), 0), 0);
        assertThat(spent.lines())
                .containsExactly("time spent   running 25.00 %, run delay 25.00 %, blocked otherwise 50.00 %");
    }

    @Test
    void shouldShowTheSlowestOfTheRun() {
        for (long ms : new long[] {30, 10, 50}) {
            spent.add(
                    new Explanation(
                            split(Map.of(Part.RUNNING, 2 * ms)), List.of(call(ms), call(ms - 5)), ms == 10 ? 4 : 0),
                    0);
        }
        assertThat(spent.slowest()).extracting(slow -> slow.call().wallNs()).containsExactly(50 * MS, 45 * MS, 30 * MS);
        assertThat(spent.lines())
                .containsExactly(
                        "time spent   running 100.00 %",
                        "slowest      50.0 ms at 2023-11-14 22:13:21.284Z on main",
                        "               running 50.0 ms",
                        "             45.0 ms at 2023-11-14 22:13:21.279Z on main",
                        "               running 45.0 ms",
                        "             30.0 ms at 2023-11-14 22:13:21.264Z on main",
                        "               running 30.0 ms",
                        "calls over slow= that were not kept whole: 4");
    }

    @Test
    void shouldShowAllThatIsKnownOfACall() {
        SlowCall call = new SlowCall(
                1_700_000_000_000L,
                100 * MS,
                "http-1",
                7,
                1,
                0,
                true,
                1,
                15 * MS,
                25 * MS,
                split(Map.of(Part.RUNNING, 79L, Part.STOLEN, 20L, Part.BLOCKED, 1L), 2 * MS, MS),
                Map.of("page-faults", 12L),
                List.of("shop.Order.total()", "shop.Main.serve()"),
                3);
        spent.add(new Explanation(call.split(), List.of(call), 0), 0);
        assertThat(spent.lines())
                .endsWith(
                        "slowest      100 ms at 2023-11-14 22:13:20.000Z on http-1, vCPU 1 to 0, ended in an exception",
                        "               running 79.0 ms, stolen 20.0 ms, blocked otherwise 1.00 ms; meanwhile JVM paused"
                                + " 2.00 ms, blocked while a vCPU was stolen at most 1.00 ms (stolen 15.0 ms to 25.0 ms)",
                        "               called by shop.Order.total() < shop.Main.serve() < 3 more",
                        "               page-faults 12");
    }

    /** A name is the application's, and may hold what moves a terminal's cursor or ends a line. */
    @Test
    void shouldPrintAnyThreadsName() {
        spent.add(
                new Explanation(
                        split(Map.of(Part.RUNNING, 9L)), List.of(call(9, "a\nb\u001b[2Jc", split(Map.of()))), 0),
                0);
        assertThat(spent.lines()).allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"));
        assertThat(spent.lines().get(1)).endsWith(" on a?b?[2Jc");
    }

    private static String report(Throttled... throttled) {
        RunSummary run = new RunSummary(null);
        for (int i = 0; i < throttled.length; i++) {
            run.accept(new IntervalSnapshot(
                            i,
                            i + 1,
                            List.of(Snapshots.stealUnknown("m")
                                    .with(new Explanation(split(Map.of(Part.BLOCKED, 5L)), List.of(call(5)), 0))),
                            null,
                            Map.of())
                    .with(new JvmInterval(throttled[i], null, null)));
        }
        run.finish();
        return TextReport.of(run, List.of());
    }

    @Test
    void shouldStandWithItsMethod() {
        assertThat(report(new Throttled(List.of(), 0)))
                .contains("\n  time spent   blocked otherwise 100.00 %\n  slowest      5.00 ms at 2023-11-14")
                .doesNotContain("Throttling");
    }

    private static String withSlowest(long slowestMs) {
        RunSummary run = new RunSummary(null);
        run.accept(new IntervalSnapshot(
                0,
                1,
                List.of(Snapshots.corrected()
                        .with(new Explanation(split(Map.of(Part.BLOCKED, 5L)), List.of(call(slowestMs)), 0))),
                null,
                Map.of()));
        run.finish();
        return TextReport.of(run, List.of());
    }

    /** The longest of the method's calls took 5 ms. */
    @Test
    void shouldSayWhereTheSlowestIsNotToldOf() {
        assertThat(withSlowest(5)).contains("slowest      5.00 ms").doesNotContain("were not kept whole");
        assertThat(withSlowest(4))
                .contains("\n  calls slower than the slowest told of, up to 5.01 ms, were not kept whole\n");
    }

    @Test
    void shouldShowWhatQuotasHaveCostByTheLastInterval() {
        Throttled first = new Throttled(List.of(new Throttled.Level("/app", 1, 1, MS)), 0);
        Throttled last = new Throttled(
                List.of(
                        new Throttled.Level("/app", 1_000, 250, 7_000 * MS),
                        new Throttled.Level("/", 5, 0, 0),
                        new Throttled.Level("/top", 50, 1, MS)),
                4_000 * MS);
        assertThat(report(first, last)).contains("""

                        Throttling by CPU quotas, all processes of a cgroup, vCPU time
                          /app: 7.00 s in 250 of 1,000 periods
                          /top: 1.00 ms in 1 of 50 periods
                          given to calls 4.00 s, to none 3.00 s

                        """);
    }
}
