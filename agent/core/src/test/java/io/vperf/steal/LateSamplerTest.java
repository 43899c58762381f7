package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.clock.GapLedger;
import io.vperf.health.TestHealth;
import io.vperf.linux.FakeRoot;
import io.vperf.linux.ProcStat;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import io.vperf.platform.StealSource;
import io.vperf.record.MethodInterval;
import io.vperf.record.MethodTable;
import io.vperf.record.Recording;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sampler that is kept from running for longer than calls wait, while they go on and half of their vCPU is stolen. */
class LateSamplerTest {

    private static final long TICK = VcpuTimeline.TICK_NS;
    private static final int CALLS = 100;

    private final TestHealth health = new TestHealth();
    private final FakeClocks clocks = new FakeClocks(1_000_000_000);
    private final MethodTable table = new MethodTable(1, health.health());
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 50_000, 1_000, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final FakeRoot root;
    private final StealSampler sampler;
    private long ticks;

    LateSamplerTest(@TempDir Path temp) {
        root = new FakeRoot(temp);
        sampler = new StealSampler(
                new ProcStat(temp),
                new StealSource(Capability.available("test"), false),
                KernelKind.EXCLUDES,
                InterruptTime.CHARGED,
                clocks,
                health.health(),
                health.log(),
                10 * TICK,
                0,
                new GapLedger(),
                recording);
        recording.setStealKnown(true);
        clocks.migrate(0);
        table.register("m");
        write();
        sampler.begin();
    }

    private void write() {
        root.with("proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 " + ticks + " 0 0 0 0 0 0 " + ticks + " 0 0\nintr 1\n");
    }

    /** Four ticks, of which two are stolen. */
    private void call() {
        Object frame = probe.enter(0);
        clocks.advance(4 * TICK, 2 * TICK);
        ticks += 2;
        probe.exit(frame, null);
        write();
    }

    @Test
    void shouldCorrectCallsThatEndedLongBeforeASample() {
        call();
        sampler.step();
        for (int i = 2; i < CALLS; i++) {
            call();
        }
        sampler.step();
        call();
        sampler.step();
        clocks.advance(2 * TICK, 2 * TICK);
        ticks++;
        write();
        sampler.step();

        MethodInterval m = recording.take(0, null, sampler).methods().get(0);
        assertThat(health.health().totals()).isEmpty();
        assertThat(m.calls()).isEqualTo(CALLS);
        assertThat(m.uncorrectedCalls()).isZero();
        assertThat(m.stolenNs()).isBetween((2L * CALLS - 4) * TICK, 2L * CALLS * TICK);
    }
}
