package io.vperf.cost;

import com.google.gson.GsonBuilder;
import io.vperf.Version;
import io.vperf.platform.Platform;
import io.vperf.shim.Capability;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured and where.
 *
 * @param wallClock that of the rows that need one
 */
public record CostReport(
        String version, String jvm, String kernel, String hypervisor, int vcpus, String wallClock, List<CostRow> rows) {

    private static final int JSON_VERSION = 1;

    static CostReport of(Platform platform, String wallClock, List<CostRow> rows) {
        return new CostReport(
                Version.current(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                text(platform.host().kernelRelease()),
                text(platform.hypervisor()),
                Runtime.getRuntime().availableProcessors(),
                wallClock,
                List.copyOf(rows));
    }

    private static String text(Capability<String> capability) {
        return capability instanceof Capability.Available<String> known
                ? known.value()
                : "unknown: " + ((Capability.Unavailable<String>) capability).reason();
    }

    /** For programs: one object, what is not known is absent. */
    public String json() {
        List<JsonRow> jsonRows = new ArrayList<>();
        for (CostRow row : rows) {
            jsonRows.add(JsonRow.of(row));
        }
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create()
                .toJson(new Json(JSON_VERSION, version, jvm, kernel, hypervisor, vcpus, wallClock, jsonRows));
    }

    private record Json(
            int v,
            String version,
            String jvm,
            String kernel,
            String hypervisor,
            int vcpus,
            String wallClock,
            List<JsonRow> rows) {}

    private record JsonRow(
            String group,
            String name,
            boolean available,
            @Nullable Cost cost,
            @Nullable String reason,
            @Nullable String remedy) {

        static JsonRow of(CostRow row) {
            if (row.cost() instanceof Capability.Unavailable<Cost> not) {
                return new JsonRow(row.group(), row.name(), false, null, not.reason(), not.remedy());
            }
            Cost cost = ((Capability.Available<Cost>) row.cost()).value();
            return new JsonRow(row.group(), row.name(), true, cost, null, null);
        }
    }
}
