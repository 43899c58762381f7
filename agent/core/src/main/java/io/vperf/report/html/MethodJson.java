package io.vperf.report.html;

import com.google.gson.stream.JsonWriter;
import io.vperf.explain.Part;
import io.vperf.explain.SlowCall;
import io.vperf.explain.WallSplit;
import io.vperf.report.MethodFigures;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** One method in the page's data. What is unknown is null there. */
final class MethodJson {

    /** As in the text report; the last one is the maximum. */
    private static final double[] PERCENTILES = {50, 99, 99.9, 100};

    /** In place of a series that is the one before. */
    private static final String SAME = "=";

    private final JsonWriter json;
    private final TimeAxis axis;

    MethodJson(JsonWriter json, TimeAxis axis) {
        this.json = json;
        this.axis = axis;
    }

    void write(MethodFigures m, @Nullable MethodSeries series) throws IOException {
        json.beginObject();
        json.name("name").value(m.name());
        json.name("calls").value(m.calls());
        json.name("exceptions").value(m.exceptions());
        json.name("estimated").value(m.isEstimated());
        json.name("completion").value(m.isToCompletion());
        json.name("selfNs").value(m.selfNs());
        json.name("self").value(m.self());
        json.name("totalNs").value(m.totalNs());
        json.name("total").value(m.total());
        json.name("stolenNs").value(m.stolenNs());
        json.name("stolenBoundNs").value(m.stolenBoundNs());
        json.name("stolenOfNs").value(m.stolenOfNs());
        json.name("quietAmong").value(m.quietAmong());
        AbstractHistogram quiet = m.quiet();
        json.name("quietCalls").value(quiet == null ? null : Long.valueOf(quiet.getTotalCount()));
        histograms(m);
        json.name("uncertain").beginArray();
        for (double p : PERCENTILES) {
            json.value(m.isUncertain(p));
        }
        json.endArray();
        if (series != null) {
            series(series);
        }
        WallSplit split = m.split();
        if (split != null) {
            json.name("split");
            split(split);
        }
        slow(m.slowest());
        Strings.write(json, "notes", m.notes());
        json.endObject();
    }

    private void histograms(MethodFigures m) throws IOException {
        json.name("times").beginObject();
        times("wall", m.wall());
        times("corrected", m.corrected());
        times("correctedLeast", m.correctedLeast());
        times("correctedMost", m.correctedMost());
        times("quiet", m.quiet());
        times("cpu", m.cpu());
        times("cpuCorrected", m.cpuCorrected());
        json.endObject();
    }

    /** The figures of the table, exactly, and the curve of the plot. */
    private void times(String name, @Nullable AbstractHistogram h) throws IOException {
        if (h == null || h.getTotalCount() == 0) {
            return;
        }
        json.name(name).beginObject();
        json.name("ns").beginArray();
        for (double p : PERCENTILES) {
            json.value(h.getValueAtPercentile(p));
        }
        json.endArray();
        json.name("curve").value(Codes.text(Curve.of(h)));
        json.endObject();
    }

    private void series(MethodSeries series) throws IOException {
        char[] rawMedian = series.rawMedian.at(axis.cells());
        char[] rawTail = series.rawTail.at(axis.cells());
        json.name("series").beginArray();
        json.value(Codes.text(rawMedian)).value(Codes.text(rawTail));
        json.value(text(series.correctedMedian.at(axis.cells()), rawMedian));
        json.value(text(series.correctedTail.at(axis.cells()), rawTail));
        json.endArray();
    }

    private static String text(char[] corrected, char[] raw) {
        return Arrays.equals(corrected, raw) ? SAME : Codes.text(corrected);
    }

    private void split(WallSplit split) throws IOException {
        json.beginObject().name("ns").beginArray();
        for (Part part : Part.values()) {
            json.value(split.ns(part));
        }
        json.endArray();
        json.name("pausedNs").value(split.pausedNs());
        json.name("blockedWhileStolenNs").value(split.blockedWhileStolenNs());
        json.endObject();
    }

    private void slow(List<SlowCall> calls) throws IOException {
        json.name("slow").beginArray();
        for (SlowCall call : calls) {
            json.beginObject();
            json.name("startMs").value(call.startMs());
            json.name("wallNs").value(call.wallNs());
            json.name("thread").value(call.thread());
            json.name("vcpus").beginArray().value(call.vcpuAtEntry()).value(call.vcpuAtExit());
            json.endArray();
            json.name("thrown").value(call.thrown());
            json.name("leastStolenNs").value(call.leastStolenNs());
            json.name("mostStolenNs").value(call.mostStolenNs());
            json.name("split");
            split(call.split());
            Strings.write(json, "callers", call.callers());
            json.name("callersLeftOut").value(call.callersLeftOut());
            json.name("counters").beginObject();
            for (Map.Entry<String, Long> counter : call.counters().entrySet()) {
                json.name(counter.getKey()).value(counter.getValue());
            }
            json.endObject();
            json.endObject();
        }
        json.endArray();
    }
}
