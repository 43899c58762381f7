package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.GapLedger;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.linux.FakeRoot;
import io.vperf.linux.ProcStat;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import io.vperf.platform.StealSource;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What hypervisors, hotplug and old kernels do to the counters: each fault taints the window it is seen in, on the vCPUs it
 * befell, and the next windows are sound again. On the sampler as it is, over a /proc/stat of its own making.
 */
class CounterFaultsTest {

    private static final long TICK = VcpuTimeline.TICK_NS;
    private static final int USER = 0;
    private static final int IDLE = 3;
    private static final int STEAL = 7;

    /** What (u64) -1 ns is in ticks: a kernel that subtracts more than it had shows it (Xen guests of Linux 4.8). */
    private static final long UNDERFLOW_TICKS = Long.divideUnsigned(-1, TICK);

    private final TestHealth health = new TestHealth();
    private final AtomicLong nowNs = new AtomicLong(1_000_000_000);
    private final FakeRoot root;
    private final StealSampler sampler;

    private final long[][] ticks = {counters(), counters(), counters()};
    private final boolean[] there = {true, true, false};

    CounterFaultsTest(@TempDir Path temp) {
        root = new FakeRoot(temp);
        sampler = new StealSampler(
                new ProcStat(temp),
                new StealSource(Capability.available("test"), false),
                KernelKind.EXCLUDES,
                InterruptTime.CHARGED,
                nowNs::get,
                health.health(),
                health.log(),
                10 * TICK,
                0,
                new GapLedger(),
                new NoCalls());
        write();
        sampler.begin();
        sample();
    }

    private static long[] counters() {
        long[] columns = new long[10];
        Arrays.fill(columns, 1_000_000);
        return columns;
    }

    private void write() {
        StringBuilder text = new StringBuilder("cpu  0 0 0 0 0 0 0 0 0 0\n");
        for (int vcpu = 0; vcpu < ticks.length; vcpu++) {
            if (there[vcpu]) {
                text.append("cpu").append(vcpu);
                Arrays.stream(ticks[vcpu]).forEach(n -> text.append(' ').append(n));
                text.append('\n');
            }
        }
        root.with("proc/stat", text.append("intr 1\n").toString());
    }

    /** A tenth of a second later: each vCPU that is there was busy for 5 ticks, idle for 3 and stolen for 2. */
    private void sample() {
        nowNs.addAndGet(10 * TICK);
        for (int vcpu = 0; vcpu < ticks.length; vcpu++) {
            if (there[vcpu]) {
                ticks[vcpu][USER] += 5;
                ticks[vcpu][IDLE] += 3;
                ticks[vcpu][STEAL] += 2;
            }
        }
        write();
        sampler.step();
    }

    /** Those of which the newest window is tainted. */
    private void expectTainted(int... vcpus) {
        for (int vcpu = 0; vcpu < ticks.length; vcpu++) {
            int number = vcpu;
            VcpuTimeline timeline = sampler.timelines().of(vcpu);
            if (timeline != null && timeline.end() > 1) {
                assertThat(timeline.isTainted(timeline.end() - 1))
                        .as("vCPU %d", vcpu)
                        .isEqualTo(Arrays.stream(vcpus).anyMatch(v -> v == number));
            }
        }
        assertThat(health.total(Trouble.TAINTED_WINDOWS)).isEqualTo(vcpus.length);
    }

    /** The next window is sound, and nothing of the fault is in the sums: so many windows of two ticks each. */
    private void expectRecovered(int... windowsOfVcpus) {
        long tainted = health.total(Trouble.TAINTED_WINDOWS);
        sample();
        assertThat(health.total(Trouble.TAINTED_WINDOWS)).isEqualTo(tainted);
        assertThat(sampler.totals())
                .extracting(v -> v.stolenNs() / (2 * TICK))
                .containsExactlyElementsOf(
                        Arrays.stream(windowsOfVcpus).mapToObj(n -> (long) n).toList());
    }

    @Test
    void shouldTaintNothingWithoutAFault() {
        sample();
        expectTainted();
        expectRecovered(3, 3);
    }

    @Test
    void shouldNotTakeCountersThatCannotBeReadForSuchThatStandStill() {
        for (int i = 0; i < 10; i++) {
            nowNs.addAndGet(10 * TICK);
            sampler.step();
        }
        long fromNs = nowNs.get();
        nowNs.addAndGet(TICK);
        assertThat(sampler.noneStolenSince(fromNs)).isTrue();
        long mostNs = sampler.mostStolenSinceNs(fromNs);

        root.with("proc/stat", "nonsense");
        nowNs.addAndGet(2 * TICK);

        assertThat(sampler.noneStolenSince(fromNs)).isFalse();
        assertThat(sampler.mostStolenSinceNs(fromNs))
                .as("either vCPU may have been stolen all the time since")
                .isEqualTo(mostNs + 2 * 3 * TICK);
        root.with("proc/stat", "");
        sampler.finish();
        assertThat(sampler.noneStolenSince(fromNs)).isFalse();
    }

    @Test
    void shouldRecoverFromAVcpuThatGoesAndComesBackWithItsCounters() {
        there[1] = false;
        sample();
        sample();
        expectTainted();
        there[1] = true;
        sample();
        expectTainted(1);
        expectRecovered(5, 2);
    }

    /** A vCPU that is plugged in anew begins at 0; some kernels keep its idle column. */
    @Test
    void shouldRecoverFromAVcpuThatComesBackWithCountersThatBeganAnew() {
        there[1] = false;
        sample();
        there[1] = true;
        ticks[1] = new long[10];
        sample();
        expectTainted(1);
        expectRecovered(4, 2);
    }

    /** Between two samples it can go and come back unseen. */
    @Test
    void shouldRecoverFromCountersThatBeganAnewUnseen() {
        ticks[1] = new long[10];
        sample();
        expectTainted(1);
        expectRecovered(3, 2);
    }

    @Test
    void shouldTakeAVcpuThatIsNewFromWhereItsCountersStand() {
        there[2] = true;
        sample();
        expectTainted();
        expectRecovered(3, 3, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, -10, -1_000, 20, 1_000, 4_294_967_296L, 1L << 40})
    void shouldRecoverFromStealThatJumps(long jumpTicks) {
        ticks[1][STEAL] += jumpTicks;
        sample();
        expectTainted(1);
        expectRecovered(3, 2);
    }

    @Test
    void shouldRecoverFromAnUnderflowOfTheKernels() {
        ticks[0][STEAL] += UNDERFLOW_TICKS;
        sample();
        expectTainted(0);
        expectRecovered(2, 3);
    }

    @Test
    void shouldRecoverFromBusyTimeThatRunsBackwards() {
        ticks[0][USER] -= 6;
        sample();
        expectTainted(0);
        expectRecovered(2, 3);
    }

    /** The vCPU's line stands still for two seconds, then shows little. */
    @Test
    void shouldRecoverFromCountersThatStick() {
        long[] stuck = ticks[1];
        for (int i = 0; i < 20; i++) {
            ticks[1] = stuck.clone();
            sample();
        }
        expectTainted();
        ticks[1] = stuck;
        stuck[USER] += 5;
        sample();
        expectTainted(1);
        expectRecovered(23, 3);
    }

    /** On the new host they count on from wherever its clock for stolen time stands. */
    @ParameterizedTest
    @ValueSource(longs = {-500_000, 500_000})
    void shouldRecoverFromALiveMigrationThatMovesAllCountersAtOnce(long ticksAway) {
        ticks[0][STEAL] += ticksAway;
        ticks[1][STEAL] += ticksAway;
        sample();
        expectTainted(0, 1);
        expectRecovered(2, 2);
    }

    /** While it was moved nothing was counted, but the clock went on. */
    @Test
    void shouldRecoverFromALiveMigrationDuringWhichTheGuestStoodStill() {
        nowNs.addAndGet(300 * TICK);
        sample();
        expectTainted(0, 1);
        expectRecovered(2, 2);
    }
}
