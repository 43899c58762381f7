package io.vperf.export;

import io.vperf.record.Correction;
import io.vperf.record.Estimate;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.steal.StealBurst;
import io.vperf.steal.StealHiccups;
import io.vperf.steal.VcpuHiccups;
import io.vperf.steal.VcpuSteal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A run of one's own making. The golden files hold exactly this; change it with them only. */
public final class Snapshots {

    public static final long STARTED_MS = 1_700_000_000_000L;

    private Snapshots() {}

    public static RunHeader header() {
        Map<String, String> clocks = new LinkedHashMap<>();
        clocks.put("wall", "System.nanoTime");
        clocks.put("cpu", "clock_gettime");
        clocks.put("vcpu", "sched_getcpu");
        Map<String, Long> costs = new LinkedHashMap<>();
        costs.put("wall", 25L);
        costs.put("cpu", 640L);
        costs.put("vcpu", 31L);
        costs.put(RunHeader.PROBE_AT_START, 6_400L);
        return new RunHeader(
                "0.1.0",
                STARTED_MS,
                4711,
                "box-1",
                "OpenJDK 64-Bit Server VM 17.0.10+7",
                "6.1.0-18-cloud-amd64",
                2,
                "KVM (KVMKVMKVM)",
                "includes: CONFIG_PARAVIRT_TIME_ACCOUNTING is not set in /boot/config-6.1.0-18-cloud-amd64",
                "KVM steal clock (CPUID 0x40000001 EAX bit 5)",
                clocks,
                costs,
                Map.of("interval", "interval=5s (agent argument)"),
                List.of(
                        new RunHeader.Capability("native code", true, "loaded", ""),
                        new RunHeader.Capability("C shim", false, "no shim for this processor", "build vperf on it")),
                50_000,
                5_000_000_000L);
    }

    public static Histogram histogram(long... valuesAndCounts) {
        Histogram h = new Histogram(2);
        h.setAutoResize(true);
        for (int i = 0; i < valuesAndCounts.length; i += 2) {
            h.recordValueWithCount(valuesAndCounts[i], valuesAndCounts[i + 1]);
        }
        return h;
    }

    /** Everything known. */
    public static MethodInterval corrected() {
        return new MethodInterval(
                "shop.Order.total(long[],java.lang.String)",
                1003,
                1003L,
                2L,
                15_000_000L,
                14_000_000L,
                2_006L,
                12_000_000L,
                0,
                1,
                1,
                null,
                1,
                777_000,
                histogram(10_000, 1000, 4_000_000, 1, 5_000_000, 2),
                histogram(9_000, 1000, 1_000_000, 3),
                List.of(),
                new Correction(
                        3_000_000,
                        2_000_000,
                        3_900_000,
                        histogram(10_000, 1000, 4_000_000, 2, 2_000_000, 1),
                        histogram(10_000, 1000, 1_000_000, 2, 3_100_000, 1),
                        histogram(10_000, 1000, 2_500_000, 1, 4_000_000, 1, 4_900_000, 1),
                        histogram(0, 1001, 1_000_000, 1, 2_000_000, 1),
                        9_000_000L,
                        histogram(9_000, 1000, 500_000, 3)),
                null);
    }

    /** Neither CPU time nor steal are known. */
    public static MethodInterval wallOnly() {
        return new MethodInterval(
                "Größe, a b",
                1,
                1L,
                0L,
                42_000L,
                42_000L,
                0L,
                null,
                1,
                0,
                1,
                null,
                0,
                0,
                histogram(42_000, 1),
                null,
                List.of(),
                null,
                null);
    }

    /** Many calls of 100 ns, 30 of them the probe's, of which one in so many was measured. */
    public static MethodInterval sampled(int oneIn, long measured) {
        return sampled(oneIn, measured, 0);
    }

    /** And so many, as estimated, in progress for 1 us. */
    public static MethodInterval sampled(int oneIn, long measured, long inFlight) {
        long weights = measured * oneIn;
        return new MethodInterval(
                "shop.Order.size()",
                weights + 7,
                measured,
                measured == 0 ? null : 0L,
                measured == 0 ? null : weights * 100,
                measured == 0 ? null : weights * 100,
                measured == 0 ? null : weights * 3,
                measured == 0 ? null : weights * 100,
                0,
                0,
                oneIn,
                measured == 0 || oneIn == 1
                        ? null
                        : new Estimate(
                                0,
                                measured,
                                weights * 30,
                                weights * 3,
                                weights * 2,
                                weights * 5,
                                weights * 4,
                                weights * 3,
                                false),
                inFlight,
                inFlight == 0 ? 0 : 1_000,
                measured == 0 ? histogram() : histogram(100, weights),
                measured == 0 ? null : histogram(100, weights),
                List.of(),
                null,
                null);
    }

    /** One call of that method, of 5 ms, of whose steal nothing is known. */
    public static MethodInterval stealUnknown(String name) {
        return new MethodInterval(
                name,
                1,
                1L,
                0L,
                5_000_000L,
                5_000_000L,
                0L,
                1L,
                0,
                0,
                1,
                null,
                0,
                0,
                histogram(5_000_000, 1),
                null,
                List.of(),
                null,
                null);
    }

    /** Begun, not ended. */
    public static MethodInterval inFlight() {
        return new MethodInterval(
                "shop.Main.serve()",
                0,
                0L,
                0L,
                0L,
                0L,
                0L,
                null,
                0,
                0,
                1,
                null,
                3,
                9_000_000_000L,
                histogram(),
                null,
                List.of(),
                new Correction(0, 0, 0, histogram(), null, null, histogram(), null, null),
                null);
    }

    public static IntervalSnapshot first() {
        return new IntervalSnapshot(
                STARTED_MS,
                STARTED_MS + 5_000,
                List.of(corrected(), inFlight()),
                List.of(
                        new VcpuSteal(0, 5_000_000_000L, 30_000_000, 3_000_000, 0L),
                        new VcpuSteal(1, 5_000_000_000L, 0, 0, 2_500_000L)),
                50_000_000L,
                null,
                Map.of("clampedToWall", 2L),
                83L,
                26L,
                List.of(),
                hiccups());
    }

    /** Two windows without steal and one with, on the first of two vCPUs. */
    private static StealHiccups hiccups() {
        return new StealHiccups(
                List.of(new VcpuHiccups(0, windows(0, 0, 30_000_000)), new VcpuHiccups(1, windows(0, 0, 0))),
                List.of(new StealBurst(0, STARTED_MS + 1_700, 100, 30)),
                0);
    }

    private static Histogram windows(long... stolenNs) {
        Histogram windows = new Histogram(2);
        for (long ns : stolenNs) {
            windows.recordValue(ns);
        }
        return windows;
    }

    public static IntervalSnapshot second() {
        return new IntervalSnapshot(STARTED_MS + 5_000, STARTED_MS + 10_001, List.of(wallOnly()), null, Map.of());
    }
}
