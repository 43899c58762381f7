package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against a list that keeps every window. */
class VcpuTimelinePropertyTest {

    private static final long TICK = VcpuTimeline.TICK_NS;

    private record Window(long startNs, long endNs, long stolenNs, boolean tainted) {}

    private VcpuTimeline timeline = new VcpuTimeline();
    private List<Window> all = new ArrayList<>();

    private static final long FAR_TICKS = 100_000;

    /** Grows by 0 to 11 ticks a sample of 10; now and then the counter runs backwards or jumps, or the vCPU is away. */
    private void fill(int samples, Random random) {
        timeline = new VcpuTimeline(); // jqwik uses one instance of this class for all tries
        all = new ArrayList<>();
        long nowNs = 0;
        long steal = 1000;
        long total = 5000;
        timeline.add(nowNs, steal, 0, total);
        for (int i = 1; i < samples; i++) {
            long startNs = nowNs;
            nowNs += 10 * TICK;
            long delta = switch (random.nextInt(40)) {
                case 0, 1 -> -5;
                case 2 -> FAR_TICKS;
                default -> random.nextInt(12);
            };
            boolean away = random.nextInt(30) == 0;
            if (away) {
                timeline.absent();
            }
            steal += delta;
            total += 10; // something is counted in every window, so each sample ends one
            timeline.add(nowNs, steal, 0, total);
            boolean tainted = away || delta < 0 || delta == FAR_TICKS;
            all.add(new Window(startNs, nowNs, tainted ? 0 : delta * TICK, tainted));
        }
    }

    @Property(tries = 50)
    void shouldKeepTotalsAndCoverAllTimeHoweverManyWindowsAreMerged(
            @ForAll @IntRange(min = 2, max = 5000) int samples, @ForAll Random random) {
        fill(samples, random);

        assertThat(timeline.end()).isLessThanOrEqualTo(512);
        long expectedNs = all.stream().mapToLong(Window::stolenNs).sum();
        long foundNs = 0;
        long atNs = 0;
        for (int w = 1; w < timeline.end(); w++) {
            assertThat(timeline.startNs(w)).as("no gap, no overlap").isEqualTo(atNs);
            assertThat(timeline.endNs(w)).isGreaterThan(atNs);
            atNs = timeline.endNs(w);
            foundNs += timeline.stolenNs(w);
        }
        assertThat(atNs).isEqualTo(all.get(all.size() - 1).endNs());
        assertThat(foundNs).isEqualTo(expectedNs).isEqualTo(timeline.totalStolenNs());
    }

    @Property(tries = 50)
    void shouldFindTheWindowOfEveryInstant(@ForAll @IntRange(min = 2, max = 3000) int samples, @ForAll Random random) {
        fill(samples, random);
        for (Window original : all) {
            int w = timeline.windowAt(original.startNs());
            assertThat(timeline.startNs(w)).isLessThanOrEqualTo(original.startNs());
            assertThat(timeline.endNs(w)).isGreaterThanOrEqualTo(original.endNs());
            assertThat(timeline.windowAt(original.endNs() - 1)).isEqualTo(w);
            assertThat(timeline.isTainted(w) || !original.tainted())
                    .as("a tainted window stays tainted when merged")
                    .isTrue();
        }
        assertThat(timeline.windowAt(all.get(all.size() - 1).endNs())).isEqualTo(timeline.end());
    }

    @Property(tries = 20)
    void shouldKeepWhatWasAttributedWhenMerging(@ForAll Random random) {
        fill(400, random);
        for (int w = 1; w < timeline.end(); w++) {
            timeline.attribute(w, timeline.remainingNs(w) / 3);
        }
        long attributedNs = timeline.totalAttributedNs();
        long nowNs = timeline.endNs(timeline.end() - 1);
        for (int i = 1; i < 2000; i++) {
            timeline.add(nowNs + i * 10L * TICK, 1_000_000, i, 10_000_000 + 10L * i);
        }

        long leftNs = 0;
        for (int w = 1; w < timeline.end(); w++) {
            leftNs += timeline.remainingNs(w);
            assertThat(timeline.remainingNs(w)).isNotNegative();
        }
        assertThat(leftNs).isEqualTo(timeline.totalStolenNs() - attributedNs);
    }
}
