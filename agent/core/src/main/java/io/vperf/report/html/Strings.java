package io.vperf.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/** Lists of text in the page's data. */
final class Strings {

    private Strings() {}

    static void write(JsonWriter json, String name, List<String> values) throws IOException {
        json.name(name).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }
}
