package io.vperf.report.html;

import com.google.gson.stream.JsonWriter;
import io.vperf.Version;
import io.vperf.explain.Part;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The page's data as JSON that can stand in a script element, whatever methods, threads and hosts are called. */
final class PageData implements Closeable {

    private final JsonWriter json;

    PageData(Writer out) {
        json = new JsonWriter(out);
        // Writes < > & = ' as \\u escapes, so that no name can end the element.
        json.setHtmlSafe(true);
    }

    JsonWriter json() {
        return json;
    }

    /** What is before the runs. */
    void head(TimeAxis axis, List<String> troubles) throws IOException {
        json.beginObject();
        json.name("version").value(Version.current());
        json.name("troubles").beginArray();
        for (String trouble : troubles) {
            json.value(trouble);
        }
        json.endArray();
        json.name("parts").beginArray();
        for (Part part : Part.values()) {
            json.beginArray().value(part.key()).value(part.title()).value(part.meaning());
            json.endArray();
        }
        json.endArray();
        json.name("mostIntervals").value(axis.mostIntervals());
        json.name("cellMs").value(axis.cellMs());
        json.name("endMs").value(axis.startsMs().length == 0 ? null : Long.valueOf(axis.endMs()));
        // As differences: they are short.
        json.name("startsMs").beginArray();
        long before = 0;
        for (long start : axis.startsMs()) {
            json.value(start - before);
            before = start;
        }
        json.endArray();
    }

    void beginRuns() throws IOException {
        json.name("runs").beginArray();
    }

    /** Methods follow. */
    void endRuns() throws IOException {
        json.endArray();
        json.name("methods").beginArray();
    }

    /** Ends the data; what they were written to stays open. */
    @Override
    public void close() throws IOException {
        json.endArray();
        json.endObject();
        json.flush();
    }
}
