package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.Probe;
import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegionCallsTest {

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(1_000);
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 50_000, 100, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final int method = table.register("m");

    /** Time passes first: no two frames of a real thread begin in the same nanosecond. */
    private long begin(String name) {
        clocks.advance(10, 10);
        return probe.enterRegion(name);
    }

    private @Nullable Object call() {
        clocks.advance(10, 10);
        return probe.enter(method);
    }

    private Map<String, MethodInterval> take() {
        Map<String, MethodInterval> byName = new HashMap<>();
        for (MethodInterval m :
                recording.take(0, null, fromNs -> Long.MAX_VALUE).methods()) {
            byName.put(m.name(), m);
        }
        return byName;
    }

    private static MethodInterval get(Map<String, MethodInterval> taken, String name) {
        return Objects.requireNonNull(taken.get(name), name);
    }

    private static long calls(Map<String, MethodInterval> taken, String name) {
        MethodInterval interval = taken.get(name);
        return interval == null ? 0 : interval.calls();
    }

    @Test
    void shouldMeasureARegionToTheNanosecond() {
        long region = probe.enterRegion("r");
        clocks.advance(1_234, 567);
        probe.exitRegion(region);
        MethodInterval r = get(take(), "region:r");

        assertThat(r.calls()).isEqualTo(1);
        assertThat(r.exceptions()).isZero();
        assertThat(r.wallNs()).isEqualTo(1_234);
        assertThat(r.selfNs()).isEqualTo(1_234);
        assertThat(r.cpuNs()).isEqualTo(567);
        assertThat(r.inFlight()).isZero();
        assertThat(health.health().totals()).isEmpty();
    }

    @Test
    void shouldNestRegionsAndMethodsInEachOther() {
        Object outer = call();
        long region = begin("r");
        Object inner = call();
        clocks.advance(100, 100);
        probe.exit(inner, null);
        long again = begin("r");
        clocks.advance(30, 30);
        probe.exitRegion(again);
        probe.exitRegion(region);
        probe.exit(outer, null);
        Map<String, MethodInterval> taken = take();

        assertThat(calls(taken, "m")).isEqualTo(2);
        assertThat(calls(taken, "region:r")).isEqualTo(2);
        assertThat(get(taken, "region:r").wallNs()).as("outermost").isEqualTo(10 + 100 + 10 + 30);
        assertThat(get(taken, "region:r").selfNs()).isEqualTo(10 + 10 + 30);
        assertThat(get(taken, "m").selfNs()).isEqualTo(10 + 100);
        assertThat(health.health().totals()).isEmpty();
    }

    @Test
    void shouldShowAnOpenRegionInFlight() {
        begin("r");
        clocks.advance(40, 40);
        MethodInterval r = get(take(), "region:r");
        assertThat(r.calls()).isZero();
        assertThat(r.inFlight()).isEqualTo(1);
        assertThat(r.oldestInFlightNs()).isEqualTo(40);
    }

    @Test
    void shouldRefuseASecondClose() {
        Object outer = call();
        long region = begin("r");
        probe.exitRegion(region);
        long next = begin("next");
        probe.exitRegion(region);
        clocks.advance(70, 70);
        probe.exitRegion(next);
        probe.exit(outer, null);
        Map<String, MethodInterval> taken = take();

        assertThat(calls(taken, "region:r")).isEqualTo(1);
        assertThat(get(taken, "region:next").wallNs()).isEqualTo(70);
        assertThat(calls(taken, "m")).isEqualTo(1);
        assertThat(health.total(Trouble.REGIONS_MISPLACED)).isEqualTo(1);
    }

    @Test
    void shouldDropRegionsThatAreOpenInsideOfTheOneClosed() {
        long outer = begin("outer");
        long inner = begin("inner");
        clocks.advance(5, 5);
        probe.exitRegion(outer);
        long later = begin("later");
        begin("dropped with it");
        probe.exitRegion(inner);
        probe.exitRegion(later);
        Map<String, MethodInterval> taken = take();

        assertThat(calls(taken, "region:outer")).isEqualTo(1);
        assertThat(calls(taken, "region:inner")).isZero();
        assertThat(calls(taken, "region:later")).isEqualTo(1);
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(2);
        assertThat(health.total(Trouble.REGIONS_MISPLACED)).isEqualTo(1);
    }

    /** A method's exit relies on its depth, so nothing below a method goes before it. */
    @Test
    void shouldNotBeClosedFromInsideOfAMeasuredCall() {
        long region = begin("r");
        Object inside = call();
        probe.exitRegion(region);
        Object callee = call();
        clocks.advance(1_000, 1_000);
        probe.exit(callee, null);
        probe.exit(inside, null);
        Map<String, MethodInterval> taken = take();

        assertThat(calls(taken, "m")).isEqualTo(2);
        assertThat(get(taken, "m").wallNs()).isEqualTo(1_010);
        assertThat(health.total(Trouble.REGIONS_MISPLACED)).isEqualTo(1);
        assertThat(health.total(Trouble.LOST_FRAMES)).isZero();
        probe.exitRegion(region);
        assertThat(calls(take(), "region:r"))
                .as("its own close comes after all")
                .isEqualTo(1);
    }

    @Test
    void shouldNotBeClosedOnAnotherThread() throws InterruptedException {
        long region = begin("r");
        Thread other = new Thread(() -> {
            Object outer = probe.enter(method);
            long own = probe.enterRegion("other's"); // at the same depth and, here, at the same moment
            probe.exitRegion(region);
            probe.exitRegion(own);
            probe.exit(outer, null);
            own = probe.enterRegion("other's");
            probe.exitRegion(region);
            probe.exitRegion(own);
        });
        other.start();
        other.join();

        assertThat(health.total(Trouble.REGIONS_MISPLACED)).isEqualTo(2);
        Map<String, MethodInterval> taken = take();
        assertThat(calls(taken, "region:other's")).isEqualTo(2);
        assertThat(calls(taken, "m")).isEqualTo(1);
        assertThat(get(taken, "region:r").inFlight()).isEqualTo(1);
        probe.exitRegion(region);
        assertThat(calls(take(), "region:r")).isEqualTo(1);
    }

    @Test
    void shouldBeDroppedByTheMethodAroundIt() {
        Object outer = call();
        long region = begin("never closed in time");
        probe.exit(outer, null);
        probe.exitRegion(region);
        Map<String, MethodInterval> taken = take();

        assertThat(calls(taken, "m")).isEqualTo(1);
        assertThat(calls(taken, "region:never closed in time")).isZero();
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(1);
        assertThat(health.total(Trouble.REGIONS_MISPLACED)).isEqualTo(1);
    }

    @Test
    void shouldCountAndNameWhatIsOpenWhenItsThreadEnds() throws InterruptedException {
        Thread other = new Thread(() -> {
            begin("never");
            begin("never");
            probe.enterConstructor(method); // its super(…) throws, and no probe comes after it
        });
        other.start();
        other.join();
        assertThat(get(take(), "region:never").inFlight()).isEqualTo(2);

        recording.settle(new NoSteal(), false);
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(3);
        assertThat(take()).isEmpty();
        recording.settle(new NoSteal(), false);
        take();
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(3);
        assertThat(health.said().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("no end was seen of a call of region:never ("))
                .anyMatch(line -> line.contains("no end was seen of a call of m ("));
    }

    @Test
    void shouldLeaveRoomForMethodsWhereRegionsAreNeverClosed() {
        for (int i = 0; i < Regions.MAX_DEPTH; i++) {
            assertThat(begin("r")).isNotNegative();
        }
        assertThat(begin("r")).isEqualTo(Probe.NOT_MEASURED);
        assertThat(health.total(Trouble.TOO_DEEP)).isEqualTo(1);
        probe.exit(call(), null);
        assertThat(calls(take(), "m")).isEqualTo(1);
    }

    @Test
    void shouldDropAConstructorThatEndedUnseenAboveIt() {
        long region = begin("r");
        probe.enterConstructor(method); // its super(…) throws
        probe.exitRegion(region);
        assertThat(calls(take(), "region:r")).isEqualTo(1);
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(1);
        assertThat(health.total(Trouble.REGIONS_MISPLACED)).isZero();
    }

    /** A token is not anybody's frame: not even a number that fits a method's. */
    @Test
    void shouldNeverTakeAMethodForARegion() {
        long region = begin("r");
        probe.exitRegion(region);
        Object frame = probe.enter(method); // the same depth in the same nanosecond
        probe.exitRegion(region);
        assertThat(health.total(Trouble.REGIONS_MISPLACED)).isEqualTo(1);
        probe.exit(frame, null);
        assertThat(calls(take(), "m")).isEqualTo(1);
    }

    @Test
    void shouldNotMeasureARegionWithoutAName() {
        assertThat(probe.enterRegion(null)).isEqualTo(Probe.NOT_MEASURED);
        assertThat(probe.enterRegion("")).isEqualTo(Probe.NOT_MEASURED);
        assertThat(take()).isEmpty();
        assertThat(health.said()).contains("without a name");
    }

    @Test
    void shouldReadTheCallingThreadsCpuTime() {
        clocks.run(5_000);
        assertThat(probe.virtualNs()).isEqualTo(5_000);
        clocks.advance(100, 70);
        assertThat(probe.virtualNs()).isEqualTo(5_070);
    }

    @Test
    void shouldSayThatCpuTimeIsUnknown() {
        clocks.forgetCpu();
        assertThat(probe.virtualNs()).isEqualTo(Probe.UNKNOWN);
    }
}
