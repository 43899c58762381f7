package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.vmware.VmwareInterval;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VmwareTextTest {

    private static final Map<String, Long> VALUES = Map.of("memBalloonedMB", 7L, "cpuShares", 2000L);

    private static VmwareInterval interval(long stolenMs, long balloonedMb) {
        return new VmwareInterval(
                Map.of("memBalloonedMB", balloonedMb, "cpuShares", 2000L),
                Map.of("cpuStolenMs", stolenMs, "elapsedMs", 1000L),
                Map.of(),
                null,
                null);
    }

    @Test
    void shouldSayNothingWhereNobodyAsked() {
        VmwareSummary summary = new VmwareSummary();
        summary.add(null, null);

        assertThat(VmwareText.of(summary)).isEmpty();
    }

    @Test
    void shouldAddUpTotalsAndKeepTheMostOfOthers() {
        VmwareSummary summary = new VmwareSummary();
        summary.add(interval(20, 9), null);
        summary.add(interval(30, 5), null);
        summary.add(new VmwareInterval(VALUES, Map.of(), Map.of(), "it was moved", null), null);
        summary.add(new VmwareInterval(Map.of(), Map.of(), Map.of(), null, "the host is silent"), null);

        assertThat(String.join("\n", VmwareText.of(summary))).isEqualTo("""
                VMware, of the whole virtual machine
                  stolen 50.0 ms, used unknown, in 2.00 s on the host; whom it hit is not told, nothing is corrected by it
                  processor: limit unknown, reservation unknown, shares 2,000, host's unknown
                  memory: active unknown, ballooned at most 9 MB, swapped at most unknown
                  without totals: 1 of 4 intervals, as it was moved
                  without totals: 1 of 4 intervals, as the host is silent
                """);
    }

    @Test
    void shouldShowPseudoCountersAlone() {
        VmwareSummary summary = new VmwareSummary();
        summary.add(null, Map.of("elapsedNs", 2_000_000_000L, "apparentNs", 1_500_000_000L));

        assertThat(VmwareText.of(summary))
                .containsExactly("VMware's own clocks: real time 2.00 s, apparent time 1.50 s", "");
    }
}
