package io.vperf.report.html;

import com.google.gson.stream.JsonWriter;
import io.vperf.explain.Paused;
import io.vperf.export.RunHeader;
import io.vperf.report.RunFigures;
import io.vperf.steal.VcpuSteal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run in the page's data. What is unknown is null there. */
final class RunJson {

    private final JsonWriter json;
    private final TimeAxis axis;

    RunJson(JsonWriter json, TimeAxis axis) {
        this.json = json;
        this.axis = axis;
    }

    void write(RunFigures run, List<Path> files, @Nullable Paused pauses, History.Shares shares) throws IOException {
        json.beginObject();
        json.name("intervals").value(run.intervals());
        json.name("coveredMs").value(run.coveredMs());
        Strings.write(
                json,
                "files",
                files.stream().map(f -> f.toAbsolutePath().toString()).toList());
        json.name("header");
        header(run.header());
        json.name("probeNs").value(run.probeNs());
        Strings.write(json, "incomplete", run.incomplete());
        json.name("tainted").beginObject();
        for (Map.Entry<String, Integer> taint : run.tainted().entrySet()) {
            json.name(taint.getKey()).value(taint.getValue());
        }
        json.endObject();
        json.name("health").beginArray();
        for (Map.Entry<String, Long> count : run.health().entrySet()) {
            json.beginArray().value(count.getKey()).value(count.getValue()).value(RunFigures.meaning(count.getKey()));
            json.endArray();
        }
        json.endArray();
        vcpus(run.vcpus());
        series(shares);
        pauses(pauses);
        Strings.write(json, "machine", run.machine());
        json.endObject();
    }

    private void header(@Nullable RunHeader header) throws IOException {
        if (header == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("pid").value(header.pid());
        json.name("host").value(header.host());
        json.name("startedMs").value(header.startedMs());
        json.name("vperf").value(header.version());
        json.name("jvm").value(header.jvm());
        json.name("kernel").value(header.kernel());
        json.name("vcpus").value(header.vcpus());
        json.name("hypervisor").value(header.hypervisor());
        json.name("kernelKind").value(header.kernelKind());
        json.name("cpuCorrection").value(header.cpuCorrection());
        json.name("steal").value(header.steal());
        json.name("shortNs").value(header.shortNs());
        json.name("intervalNs").value(header.intervalNs());
        json.name("clocks").beginArray();
        for (Map.Entry<String, String> clock : header.clocks().entrySet()) {
            json.beginArray()
                    .value(clock.getKey())
                    .value(clock.getValue())
                    .value(header.costsNs().get(clock.getKey()))
                    .endArray();
        }
        json.endArray();
        json.name("options").beginArray();
        for (Map.Entry<String, String> option : options(header).entrySet()) {
            json.beginArray().value(option.getKey()).value(option.getValue()).endArray();
        }
        json.endArray();
        json.name("capabilities").beginArray();
        for (RunHeader.Capability c : header.capabilities()) {
            json.beginArray().value(c.name()).value(c.available()).value(c.detail());
            json.value(c.remedy()).endArray();
        }
        json.endArray();
        json.endObject();
    }

    /** The first files do not have any. */
    private static Map<String, String> options(RunHeader header) {
        @Nullable Map<String, String> options = header.options();
        return options == null ? Map.of() : options;
    }

    private void vcpus(@Nullable List<VcpuSteal> vcpus) throws IOException {
        json.name("vcpus");
        if (vcpus == null) {
            json.nullValue();
            return;
        }
        json.beginArray();
        for (VcpuSteal v : vcpus) {
            json.beginArray()
                    .value(v.vcpu())
                    .value(v.stolenNs())
                    .value(v.watchedNs())
                    .value(v.attributedNs())
                    .value(v.onCreditNs())
                    .endArray();
        }
        json.endArray();
    }

    private void series(History.Shares shares) throws IOException {
        json.name("stolen").beginArray();
        for (Map.Entry<Integer, Series> vcpu : shares.stolen().entrySet()) {
            json.beginArray().value(vcpu.getKey()).value(text(vcpu.getValue())).endArray();
        }
        json.endArray();
        json.name("throttled").value(text(shares.throttled()));
        json.name("paused").value(text(shares.paused()));
    }

    private String text(Series series) {
        return Codes.text(series.at(axis.cells()));
    }

    private void pauses(@Nullable Paused pauses) throws IOException {
        json.name("pauses");
        if (pauses == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("source").value(pauses.source());
        json.name("count").value(pauses.count());
        json.name("totalNs").value(pauses.totalNs());
        json.name("gcCount").value(pauses.gcCount());
        json.name("gcNs").value(pauses.gcNs());
        json.name("longest").beginArray();
        for (Paused.One one : pauses.longest()) {
            json.beginArray()
                    .value(one.startMs())
                    .value(one.lengthNs())
                    .value(one.operation())
                    .endArray();
        }
        json.endArray();
        json.endObject();
    }
}
