package io.vperf.match;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vperf.instrument.ClassPreview;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What would be measured, for people and for programs. */
public final class MatchText {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private MatchText() {}

    /** One method a line, as a pattern that names it alone; then, if asked for, what is left out, and how many there are. */
    public static String of(Matches matches, boolean verbose) {
        StringBuilder text = new StringBuilder();
        List<ClassPreview.Line> measured = matches.measured();
        for (ClassPreview.Line line : measured) {
            text.append(line.pattern());
            text.append(verbose ? "  by " + line.by() + "\n" : "\n");
        }
        List<ClassPreview.Line> leftOut = matches.leftOut();
        if (verbose && !leftOut.isEmpty()) {
            text.append("\nleft out\n");
            for (ClassPreview.Line line : leftOut) {
                text.append(String.format(
                        Locale.ROOT, "  %s  by %s: %s%n", line.pattern(), line.by(), String.valueOf(line.leftOut())));
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "%nmethods to be measured: %,d, of classes: %,d; left out: %,d%s; classes read: %,d%n",
                measured.size(),
                measured.stream().map(ClassPreview.Line::className).distinct().count(),
                leftOut.size(),
                verbose || leftOut.isEmpty() ? "" : " (--verbose says why)",
                matches.classes()));
        return text.toString();
    }

    /** The same, and what could not be told. */
    public static String json(Matches matches, Map<String, Integer> overLimit) {
        JsonObject all = new JsonObject();
        JsonArray methods = new JsonArray();
        for (ClassPreview.Line line : matches.lines()) {
            JsonObject method = new JsonObject();
            method.addProperty("class", line.className());
            method.addProperty("method", line.signature());
            method.addProperty("reportedAs", line.reportedName());
            method.addProperty("by", line.by());
            method.addProperty("measured", line.leftOut() == null);
            if (line.leftOut() != null) {
                method.addProperty("leftOut", line.leftOut());
            }
            methods.add(method);
        }
        all.add("methods", methods);
        all.addProperty("measured", matches.measured().size());
        all.addProperty("classesRead", matches.classes());
        JsonObject over = new JsonObject();
        overLimit.forEach(over::addProperty);
        all.add("overMaxMatched", over);
        all.add("supertypesMissing", GSON.toJsonTree(matches.missing()));
        all.add("unreadable", GSON.toJsonTree(matches.unreadable()));
        return GSON.toJson(all);
    }

    /** The patterns that bring more methods than they may, with how many. */
    public static Map<String, Integer> overLimit(Matches matches, int most) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (ClassPreview.Line line : matches.measured()) {
            if (!line.marked()) {
                counts.merge(line.by(), 1, Integer::sum);
            }
        }
        counts.values().removeIf(count -> count <= most);
        return counts;
    }
}
