package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All vCPUs busy with fixed work: 8 s by default, five minutes with {@code -Psoak}. What vperf says was stolen must be what the
 * counters say; how far raw and corrected times are spread is printed, as nobody dials the steal of this machine.
 */
class StealOnThisMachineIT {

    private static final long SECONDS = Long.getLong("vperf.test.steal.seconds", 8);
    private static final long TICK_NS = 10_000_000;

    /** The 8th column of each vCPU's line of /proc/stat, in ticks. */
    private static List<Long> printed(Jvm.Finished run, String name) {
        String line = run.out()
                .lines()
                .filter(l -> l.startsWith(name + "="))
                .findFirst()
                .orElseThrow();
        String[] ticks = line.substring(name.length() + 2, line.length() - 1).split(", ", -1);
        return Arrays.stream(ticks).map(Long::valueOf).toList();
    }

    private static List<Long> ticksNow() throws Exception {
        return Files.readAllLines(Path.of("/proc/stat")).stream()
                .filter(line -> line.matches("cpu\\d.*"))
                .map(line -> Long.valueOf(line.split(" +", -1)[8]))
                .toList();
    }

    @Test
    void shouldTellWhatTheCountersTell(@TempDir Path folder) throws Exception {
        Jvm.Finished run = new Jvm(Jdk.all().get(0), folder)
                .agent("interval=1s")
                .patience(SECONDS)
                .run("io.vperf.it.apps.FixedWork", Long.toString(SECONDS));
        List<Long> after = ticksNow();

        assertThat(run.status()).as(run.err()).isZero();
        Dump dump = run.dump();
        List<JsonObject> intervals = dump.lines("interval");
        JsonArray vcpus = intervals.get(intervals.size() - 1).getAsJsonArray("vcpus");
        assumeTrue(
                vcpus != null, "this machine's steal is unknown: " + dump.run().get("steal"));
        long attributedNs = 0;
        for (int i = 0; i < vcpus.size(); i++) {
            JsonObject vcpu = vcpus.get(i).getAsJsonObject();
            int number = vcpu.get("vcpu").getAsInt();
            long stolenNs = vcpu.get("stolenNs").getAsLong();
            long least = printed(run, "end").get(number) - printed(run, "begun").get(number);
            long most = after.get(number) - printed(run, "before").get(number);
            assertThat(stolenNs).as("vCPU %d", number).isBetween(least * TICK_NS, most * TICK_NS);
            assertThat(vcpu.get("attributedNs").getAsLong()).isBetween(0L, stolenNs);
            attributedNs += vcpu.get("attributedNs").getAsLong();
            System.out.printf(
                    Locale.ROOT,
                    "vCPU %d: stolen %d ms, attributed %d ms; counter %d to %d ms%n",
                    number,
                    stolenNs / 1_000_000,
                    vcpu.get("attributedNs").getAsLong() / 1_000_000,
                    least * 10,
                    most * 10);
        }
        assertThat(dump.sum("work", "stolenNs") + dump.sum("largerWork", "stolenNs"))
                .as("by method; a tick a vCPU may be given before it is counted")
                .isLessThanOrEqualTo(attributedNs + vcpus.size() * TICK_NS);
        for (String method : List.of("work", "largerWork")) {
            Histogram raw = histogram(dump, "wall:" + method);
            Histogram corrected = dump.histograms().get("corrected:" + method);
            assertThat(raw.getTotalCount()).isPositive();
            if (corrected != null) {
                assertThat(corrected.getMean()).isLessThanOrEqualTo(raw.getMean());
                assertThat(corrected.getMaxValue()).isLessThanOrEqualTo(raw.getMaxValue());
            }
            System.out.println(
                    method + ": raw " + spread(raw) + (corrected == null ? "" : "; corrected " + spread(corrected))
                            + "; cpu " + spread(histogram(dump, "cpu:" + method)));
        }
    }

    private static Histogram histogram(Dump dump, String tag) {
        return Objects.requireNonNull(dump.histograms().get(tag), tag);
    }

    private static String spread(Histogram times) {
        double p50 = times.getValueAtPercentile(50);
        return String.format(
                Locale.ROOT,
                "%,d calls, p50 %.2f ms, p99 %.3f x, p99.9 %.3f x, max %.3f x, deviation %.2f %%",
                times.getTotalCount(),
                p50 / 1e6,
                times.getValueAtPercentile(99) / p50,
                times.getValueAtPercentile(99.9) / p50,
                times.getMaxValue() / p50,
                100 * times.getStdDeviation() / times.getMean());
    }
}
