package io.vperf.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vperf.Version;
import io.vperf.export.RunHeader;
import io.vperf.steal.VcpuSteal;
import java.nio.file.Path;
import java.util.List;

/**
 * The report for programs. {@link #VERSION} changes when a reader of the old version would misunderstand it; new keys do not change
 * it. What is unknown is absent, never 0.
 */
public final class JsonReport {

    private static final int VERSION = 1;

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private JsonReport() {}

    /** One object, ending with a new line. */
    public static String of(Runs runs, List<Warning> warnings) {
        JsonObject json = begin("report");
        json.add("runs", runs(runs));
        MethodJson each = new MethodJson(runs.surroundings(), GSON);
        JsonArray methods = new JsonArray();
        runs.methods().forEach(m -> methods.add(each.of(m)));
        json.add("methods", methods);
        json.add("warnings", GSON.toJsonTree(warnings));
        return GSON.toJson(json) + "\n";
    }

    /** Where nothing could be read. */
    public static String ofNothing(List<Warning> warnings) {
        JsonObject json = begin("report");
        json.add("runs", new JsonArray());
        json.add("methods", new JsonArray());
        json.add("warnings", GSON.toJsonTree(warnings));
        return GSON.toJson(json) + "\n";
    }

    /** What every document begins with. */
    public static JsonObject begin(String kind) {
        JsonObject json = new JsonObject();
        json.addProperty("v", VERSION);
        json.addProperty("kind", kind);
        json.addProperty("vperf", Version.current());
        return json;
    }

    /** Each with its machine, its period, and what was seen around it. */
    public static JsonArray runs(Runs runs) {
        JsonArray all = new JsonArray();
        for (Runs.Run run : runs.list()) {
            JsonObject json = new JsonObject();
            json.addProperty("name", run.name());
            JsonArray files = new JsonArray();
            for (Path file : run.files()) {
                files.add(file.toString());
            }
            json.add("files", files);
            RunSummary summary = run.summary();
            RunHeader header = summary.header();
            if (header != null) {
                GSON.toJsonTree(header)
                        .getAsJsonObject()
                        .entrySet()
                        .forEach(entry -> json.add(entry.getKey(), entry.getValue()));
            }
            period(summary, json);
            around(summary, json);
            all.add(json);
        }
        return all;
    }

    private static void period(RunSummary run, JsonObject json) {
        json.addProperty("intervals", run.intervals());
        MethodJson.add(json, "fromMs", run.startMs());
        MethodJson.add(json, "toMs", run.endMs());
        json.addProperty("ended", run.coverage().isEnded());
        json.add("incomplete", GSON.toJsonTree(run.coverage().missing()));
        MethodJson.add(json, "probeNs", run.probeNs());
        json.add("probeCounts", GSON.toJsonTree(run.probeCounts()));
    }

    private static void around(RunSummary run, JsonObject json) {
        List<VcpuSteal> vcpus = run.vcpus();
        if (vcpus != null) {
            JsonArray all = new JsonArray();
            for (VcpuSteal vcpu : vcpus) {
                JsonObject of = GSON.toJsonTree(vcpu).getAsJsonObject();
                of.addProperty("unattributedNs", vcpu.unattributedNs());
                all.add(of);
            }
            json.add("stealPerVcpu", all);
            json.add("bursts", GSON.toJsonTree(run.bursts()));
        }
        MethodJson.add(json, "mostStolenNs", run.mostStolenNs());
        json.add("notCorrected", GSON.toJsonTree(run.tainted()));
        if (run.throttled() != null) {
            json.add("throttled", GSON.toJsonTree(run.throttled()));
        }
        MethodJson.add(json, "pauses", run.pauses().json(GSON));
        MethodJson.add(json, "network", run.network().json(GSON));
        MethodJson.add(json, "vmware", run.vmware().json(GSON));
        if (run.outside() != null) {
            json.add("outsideClock", run.outside().json(GSON));
        }
        if (run.intervals() > 0) {
            json.add("health", GSON.toJsonTree(run.health()));
        }
    }
}
