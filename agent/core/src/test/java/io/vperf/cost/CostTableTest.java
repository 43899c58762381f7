package io.vperf.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vperf.shim.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostTableTest {

    private static final CostReport REPORT = new CostReport(
            "0.1.0",
            "OpenJDK 64-Bit Server VM 17.0.10+7",
            "6.1.0-18-cloud-amd64",
            "KVM (KVMKVMKVM)",
            2,
            "System.nanoTime",
            List.of(
                    new CostRow(
                            "wall time",
                            "System.nanoTime",
                            Capability.available(new Cost(1_000, 2_000, 23.04, 25, 1_234.56))),
                    new CostRow(
                            "wall time",
                            "time counter",
                            Capability.unavailable("clock source is jiffies", "choose another")),
                    new CostRow("CPU time", "rseq", Capability.unavailable("no native code", ""))));

    @Test
    void shouldPrintWhatIsKnownAndWhyTheRestIsNot() {
        assertThat(CostTable.of(REPORT)).isEqualTo("""
                vperf 0.1.0: what readings and measured calls cost here
                  JVM          OpenJDK 64-Bit Server VM 17.0.10+7
                  machine      KVM (KVMKVMKVM), kernel 6.1.0-18-cloud-amd64, 2 vCPUs
                  wall clock   System.nanoTime

                  nanoseconds each                         min    median       p99        batches
                wall time
                  System.nanoTime                         23.0      25.0   1,234.6  2,000 x 1,000
                  time counter: unavailable, clock source is jiffies; remedy: choose another
                CPU time
                  rseq: unavailable, no native code

                A figure is a batch's mean; median and p99 are over the batches, after a warm-up.
                """);
    }

    @Test
    void shouldTellProgramsTheSame() {
        JsonObject json = JsonParser.parseString(REPORT.json()).getAsJsonObject();
        JsonObject known = json.getAsJsonArray("rows").get(0).getAsJsonObject();
        JsonObject unknown = json.getAsJsonArray("rows").get(1).getAsJsonObject();

        assertThat(json.get("v").getAsInt()).isEqualTo(1);
        assertThat(json.get("vcpus").getAsInt()).isEqualTo(2);
        assertThat(known.getAsJsonObject("cost").get("p99Ns").getAsDouble()).isEqualTo(1_234.56);
        assertThat(known.has("reason")).isFalse();
        assertThat(unknown.get("available").getAsBoolean()).isFalse();
        assertThat(unknown.get("reason").getAsString()).isEqualTo("clock source is jiffies");
        assertThat(unknown.has("cost")).isFalse();
    }

    @Test
    void shouldOrderMinMedianAndP99() {
        Cost cost = Cost.of(count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += System.nanoTime();
            }
            return sum;
        });
        assertThat(cost.minNs())
                .isPositive()
                .isLessThanOrEqualTo(cost.medianNs())
                .isLessThanOrEqualTo(cost.p99Ns());
        assertThat(cost.medianNs()).isLessThanOrEqualTo(cost.p99Ns());
        assertThat(cost.batches()).isBetween(200, 2_000);
    }

    @Test
    void shouldTimeAsManyReadingsAsItSays() {
        Counted counted = new Counted(count -> count);
        Cost cost = Cost.of(counted);
        assertThat(cost.perBatch()).isEqualTo(1_000);
        assertThat(counted.made()).isGreaterThanOrEqualTo(cost.batches() * 1_000L);
    }
}
