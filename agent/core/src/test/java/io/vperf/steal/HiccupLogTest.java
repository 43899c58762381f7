package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.junit.jupiter.api.Test;

class HiccupLogTest {

    private static final long MS = 1_000_000;
    private static final long TICK = VcpuTimeline.TICK_NS;
    private static final long NOW_MS = 1_700_000_000_000L;

    private final HiccupLog log = new HiccupLog();

    private void window(int vcpu, long startMs, long endMs, long stolenMs) {
        log.window(vcpu, startMs * MS, endMs * MS, stolenMs * MS);
    }

    private List<StealBurst> bursts() {
        return log.take(1_000 * MS, NOW_MS + 1_000).bursts();
    }

    @Test
    void shouldCountEachWindowWithSoMuchAsWasStolenInIt() {
        window(3, 0, 100, 0);
        window(3, 100, 200, 30);
        window(3, 200, 300, 0);
        window(1, 0, 100, 0);

        StealHiccups taken = log.take(300 * MS, NOW_MS);
        assertThat(taken.vcpus()).extracting(VcpuHiccups::vcpu).containsExactly(1, 3);
        AbstractHistogram windows = taken.vcpus().get(1).windows();
        assertThat(windows.getTotalCount()).isEqualTo(3);
        assertThat(windows.getCountAtValue(0)).isEqualTo(2);
        assertThat(windows.getCountAtValue(30 * MS)).isEqualTo(1);
    }

    @Test
    void shouldTellWhenABurstWasAndHowLong() {
        window(2, 100, 200, 30);
        assertThat(bursts()).containsExactly(new StealBurst(2, NOW_MS + 100, 100, 30));
    }

    @Test
    void shouldLetABurstBeginBeforeItsWindowWhereItIsLonger() {
        window(0, 100, 120, 50);
        assertThat(bursts()).containsExactly(new StealBurst(0, NOW_MS + 70, 50, 50));
    }

    @Test
    void shouldTakeSuccessiveWindowsForOneBurstWhereHalfOfEachWasStolen() {
        window(0, 0, 20, 10);
        window(0, 20, 40, 20);
        window(1, 0, 40, 30);
        window(0, 40, 60, 10);
        window(0, 60, 160, 40);
        window(0, 160, 180, 10);
        window(0, 200, 220, 20);

        assertThat(bursts())
                .containsExactly(
                        new StealBurst(0, NOW_MS, 60, 40),
                        new StealBurst(0, NOW_MS + 60, 100, 40),
                        new StealBurst(1, NOW_MS, 40, 30),
                        new StealBurst(0, NOW_MS + 200, 20, 20),
                        new StealBurst(0, NOW_MS + 160, 20, 10));
    }

    @Test
    void shouldTellTheLargestAndCountTheRest() {
        for (int i = 0; i < 50; i++) {
            window(i % 5, 100L * i, 100L * i + 100, i % 2 == 0 ? i : 0);
            window(i % 5, 100L * i + 100, 100L * i + 110, 0);
        }
        for (int i = 0; i < 20; i++) {
            window(7, 1_000L * i, 1_000L * i + 100, 40 + i);
            window(7, 1_000L * i + 100, 1_000L * i + 200, 0);
        }

        StealHiccups taken = log.take(0, NOW_MS);
        assertThat(taken.bursts()).hasSize(32).isSortedAccordingTo((a, b) -> Long.compare(b.stolenMs(), a.stolenMs()));
        assertThat(taken.bursts().get(0).stolenMs()).isEqualTo(59);
        assertThat(taken.bursts().get(31).stolenMs()).isEqualTo(26);
        assertThat(taken.burstsLeftOut()).isEqualTo(24 + 20 - 32);
    }

    @Test
    void shouldBeginEachIntervalWithNothing() {
        window(0, 0, 20, 20);
        log.take(20 * MS, NOW_MS);
        StealHiccups empty = log.take(20 * MS, NOW_MS);
        assertThat(empty.vcpus()).isEmpty();
        assertThat(empty.bursts()).isEmpty();
        assertThat(empty.burstsLeftOut()).isZero();

        window(0, 20, 40, 20);
        assertThat(bursts()).containsExactly(new StealBurst(0, NOW_MS + 20, 20, 20));
    }

    /** What the timelines take for a window, and trust. */
    @Test
    void shouldHearOfWindowsThatEndedAndCanBeTrusted() {
        Timelines timelines = new Timelines(new TestHealth().health());
        timelines.present(0, 0, 0, 0, 0);
        timelines.present(0, 10 * TICK, 0, 10, 10);
        timelines.present(0, 20 * TICK, 0, 10, 10); // nothing new
        timelines.present(0, 30 * TICK, 18, 12, 30);
        timelines.present(0, 40 * TICK, 0, 22, 40); // backwards
        timelines.present(0, 50 * TICK, 1, 31, 50);

        StealHiccups taken = timelines.takeHiccups(50 * TICK, NOW_MS);
        AbstractHistogram windows = taken.vcpus().get(0).windows();
        assertThat(windows.getTotalCount()).isEqualTo(3);
        assertThat(windows.getCountAtValue(0)).isEqualTo(1);
        assertThat(windows.getCountAtValue(18 * TICK)).isEqualTo(1);
        assertThat(taken.bursts())
                .containsExactly(new StealBurst(0, NOW_MS - 400, 200, 180), new StealBurst(0, NOW_MS - 100, 100, 10));
    }

    @Test
    void shouldStaySmallWithManyVcpus() {
        for (int vcpu = 0; vcpu < 256; vcpu++) {
            for (int i = 0; i < 500; i++) {
                window(vcpu, 20L * i, 20L * i + 20, 10L * (i % 30));
            }
        }
        long bytes = 0;
        for (VcpuHiccups vcpu : log.take(0, NOW_MS).vcpus()) {
            bytes += vcpu.windows().getEstimatedFootprintInBytes();
        }
        assertThat(bytes).isLessThan(1 << 20);
    }
}
