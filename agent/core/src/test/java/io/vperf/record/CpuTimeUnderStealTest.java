package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.SwitchingClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** To whose account stolen time goes when it is found, and what becomes of a clock that misses switches. */
class CpuTimeUnderStealTest {

    private static final long STOLEN_NS = 400_000;
    private static final long READING_NS = 2 * SwitchingClocks.CALL_NS;

    private final TestHealth health = new TestHealth();
    private final SwitchingClocks clocks = new SwitchingClocks();
    private final CpuClock clock = clocks.cpu();
    private final MethodTable methods = new MethodTable(1, health.health());
    private final int method = methods.register("m");
    private final Recording recording = new Recording(methods, clocks, clock, health.health(), Long.MAX_VALUE, 1, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final LastCall.Of last = new LastCall(recording).ofThisThread();

    /** What the call's CPU time lacks of its wall time. */
    private long missingNs(@Nullable Object frame) {
        probe.exit(frame, null);
        last.look(frame);
        return last.wallNs - last.cpuNs;
    }

    @Test
    void shouldChargeTheCallThatWasHit() {
        Object before = probe.enter(method);
        clocks.run(5_000);
        assertThat(missingNs(before)).isZero();

        Object hit = probe.enter(method);
        clocks.run(5_000);
        clocks.steal(STOLEN_NS);
        clocks.run(5_000);
        assertThat(missingNs(hit)).isBetween(STOLEN_NS - READING_NS, STOLEN_NS + READING_NS);

        Object after = probe.enter(method);
        clocks.run(5_000);
        assertThat(missingNs(after)).isZero();
    }

    @Test
    void shouldChargeTheCallsInProgressAndNotThoseThatBeganLater() {
        Object outer = probe.enter(method);
        clocks.run(2_000);
        Object inner = probe.enter(method);
        clocks.run(2_000);
        clocks.steal(STOLEN_NS);
        Object later = probe.enter(method);
        clocks.run(2_000);

        assertThat(missingNs(later)).isBetween(-READING_NS, READING_NS);
        assertThat(missingNs(inner)).isBetween(STOLEN_NS - READING_NS, STOLEN_NS + READING_NS);
        assertThat(missingNs(outer)).isBetween(STOLEN_NS - READING_NS, STOLEN_NS + READING_NS);
    }

    /** Below T nothing is asked at once. When it is, the largest gap between readings tells who had it. */
    @Test
    void shouldFindTheCallInRetrospect() {
        long smallNs = SwitchingClocks.GAP_NS / 2;
        Object outer = probe.enter(method);
        clocks.run(2_000);
        clocks.steal(smallNs);
        Object later = probe.enter(method); // too early to be noticed
        for (long ranNs = 0; ranNs < SwitchingClocks.AGE_NS; ranNs += 3_000) {
            Object shortCall = probe.enter(method);
            clocks.run(3_000);
            probe.exit(shortCall, null);
        }

        assertThat(missingNs(later)).isBetween(-READING_NS, READING_NS);
        assertThat(missingNs(outer)).isBetween(smallNs - READING_NS, smallNs + READING_NS);
    }

    @Test
    void shouldAskTheKernelOnlyAfterASwitch() {
        probe.exit(probe.enter(method), null);
        int asked = clocks.kernelReadings;
        for (int i = 0; i < 100; i++) {
            Object frame = probe.enter(method);
            clocks.run(1_000);
            probe.exit(frame, null);
        }
        assertThat(clocks.kernelReadings).isEqualTo(asked);

        Object frame = probe.enter(method);
        clocks.block(1_000);
        probe.exit(frame, null);
        assertThat(clocks.kernelReadings).isEqualTo(asked + 1);
    }

    @Test
    void shouldAskTheKernelAtEveryReadingOnceItIsRefuted() {
        for (int round = 0; round < 3; round++) {
            assertThat(clock.ledger().review(0, 0)).isEqualTo(round < 2);
            for (int i = 0; i < 100; i++) {
                Object frame = probe.enter(method);
                clocks.blockUnseen(1_000_000);
                assertThat(missingNs(frame)).isBetween(1_000_000 - READING_NS, 1_000_000 + READING_NS);
            }
        }
        int asked = clocks.kernelReadings;
        for (int i = 0; i < 100; i++) {
            Object frame = probe.enter(method);
            clocks.blockUnseen(1_000);
            assertThat(missingNs(frame)).isBetween(1_000 - READING_NS, 1_000 + READING_NS);
        }

        assertThat(clocks.kernelReadings).isEqualTo(asked + 200);
        assertThat(health.total(Trouble.CLOCK_BACKWARDS)).isZero();
    }

    /** Were stolen time taken for unseen blocks, the cheap clock would be given up where it is needed most. */
    @Test
    void shouldNotBeRefutedByStealThatTheKernelCounts() {
        long stolenNs = 0;
        for (int round = 0; round < 20; round++) {
            assertThat(clock.ledger().review(0, stolenNs)).isTrue();
            for (int i = 0; i < 100; i++) {
                Object frame = probe.enter(method);
                clocks.run(10_000);
                clocks.steal(STOLEN_NS);
                clocks.run(10_000);
                probe.exit(frame, null);
                stolenNs += STOLEN_NS;
            }
        }
    }

    /**
     * A busy thread whose time slice is over is switched out when the kernel is asked for its CPU time: between the exit and
     * the next entry, where no call would contain the wait.
     */
    @Test
    void shouldKeepInTheCallWhatTheQuestionBroughtToItsEnd() {
        long waitedNs = 5_000_000;
        Object frame = probe.enter(method);
        clocks.run(2 * SwitchingClocks.GAP_NS);
        int[] reads = {0};
        clocks.between(() -> {
            if (++reads[0] == 5) { // two of the exit's wall time, two of the renewal's: the kernel is being asked
                clocks.block(waitedNs);
            }
        });

        assertThat(missingNs(frame)).isBetween(waitedNs - READING_NS, waitedNs + READING_NS);
        assertThat(last.cpuNs)
                .isBetween(2 * SwitchingClocks.GAP_NS - READING_NS, 2 * SwitchingClocks.GAP_NS + 2 * READING_NS);
    }
}
