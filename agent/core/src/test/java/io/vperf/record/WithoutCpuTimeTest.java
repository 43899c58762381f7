package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClocks;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.shim.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls as with {@code cpu=off}. */
class WithoutCpuTimeTest {

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(1_000);
    private final Recording recording = new Recording(
            table,
            clocks,
            new CpuClocks(clocks, clocks, Capability.unavailable("none", ""), health.health()).none(),
            health.health(),
            50_000,
            100,
            0);
    private final ProbeHandler probe = recording.probeHandler();

    @Test
    void shouldRecordWallTimeAlone() {
        int leaf = table.register("leaf");
        int outer = table.register("outer");
        for (int i = 0; i < 1000; i++) {
            Object caller = probe.enter(outer);
            Object callee = probe.enter(leaf);
            clocks.advance(70, 50);
            probe.exit(callee, i == 0 ? new IllegalStateException() : null);
            clocks.advance(5, 5);
            probe.exit(caller, null);
        }
        List<MethodInterval> taken = recording.take(0, null, sinceNs -> 0).methods();

        assertThat(taken).hasSize(2).allSatisfy(m -> {
            assertThat(m.calls()).isEqualTo(1000);
            assertThat(m.wall().getTotalCount()).isEqualTo(1000);
            assertThat(m.cpuUnknownCalls()).isEqualTo(1000);
            assertThat(m.cpuNs()).isNull();
            assertThat(m.cpu()).isNull();
        });
        assertThat(taken.get(leaf).wallNs()).isEqualTo(70_000);
        assertThat(taken.get(leaf).exceptions()).isEqualTo(1);
        assertThat(taken.get(outer).wallNs()).isEqualTo(75_000);
        assertThat(taken.get(outer).selfNs()).isEqualTo(5_000);
        assertThat(taken.get(outer).measuredCallees()).isEqualTo(1000);
        assertThat(health.health().totals()).isEmpty();
    }
}
