package io.vperf.export.hlog;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Reads single lines, of which none needs to know of another: several threads can, each with a parser of its own. */
final class LineParser implements Closeable {

    /** What vperf begins its lines with. Gson takes as long to find the kind as for all of the rest. */
    private static final String KIND = "{\"v\":" + Lines.VERSION + ",\"kind\":\"";

    private final HistogramPayload payload = new HistogramPayload();

    /** Never fails: what is wrong with a line is its content. */
    ParsedLine parse(String line) {
        return new ParsedLine(line, content(line));
    }

    private ParsedLine.@Nullable Content content(String line) {
        try {
            if (line.startsWith(Lines.PREFIX)) {
                byte[] utf8 = line.substring(Lines.PREFIX.length()).getBytes(StandardCharsets.ISO_8859_1);
                return json(new String(utf8, StandardCharsets.UTF_8));
            }
            return line.startsWith("Tag=") ? histogram(line) : null;
        } catch (UnusableLineException e) {
            return new ParsedLine.Unusable(String.valueOf(e.getMessage()));
        } catch (DataFormatException | RuntimeException e) {
            // What the libraries say of it helps nobody who has but the file.
            return new ParsedLine.Unusable(damage(line));
        }
    }

    /** What is to be told of a line of which no more is known than that it cannot be used. */
    static String damage(String line) {
        boolean cut = line.startsWith(Lines.PREFIX) && !line.endsWith("}");
        return (cut ? "it is cut short, as by a full disk or a killed JVM" : "it is damaged, or was cut short")
                + "; it begins with '" + Shortened.of(line) + "'";
    }

    private ParsedLine.Content histogram(String line) throws DataFormatException {
        int tagEnd = line.indexOf(',');
        int payloadAt = line.lastIndexOf(',') + 1;
        if (tagEnd < 0 || payloadAt <= tagEnd + 1) {
            throw new UnusableLineException("not a histogram line of format 1.3");
        }
        double startS = Double.parseDouble(line.substring(tagEnd + 1, line.indexOf(',', tagEnd + 1)));
        if (!Double.isFinite(startS)) {
            throw new UnusableLineException("its start, " + startS + ", is no time");
        }
        String tag = line.substring("Tag=".length(), tagEnd);
        return new ParsedLine.Tagged(tag, startS, payload.decode(line.substring(payloadAt)));
    }

    private static ParsedLine.Content json(String json) {
        return switch (kind(json)) {
            case "run" -> {
                Lines.Run run = Lines.GSON.fromJson(json, Lines.Run.class);
                LineChecks.check(run.run());
                yield new ParsedLine.Said(run);
            }
            case "method" -> method(Lines.GSON.fromJson(json, Lines.Method.class));
            case "slow" -> {
                SpentLines.Slow slow = Lines.GSON.fromJson(json, SpentLines.Slow.class);
                LineChecks.check(slow);
                yield new ParsedLine.Said(slow);
            }
            case "timeref" -> said(json, Lines.Timeref.class);
            case "interval" -> {
                Lines.Interval interval = Lines.GSON.fromJson(json, Lines.Interval.class);
                LineChecks.check(interval);
                yield new ParsedLine.Said(interval);
            }
            case "end" -> said(json, Lines.End.class);
            default -> new ParsedLine.Later();
        };
    }

    private static String kind(String json) {
        int end = json.startsWith(KIND) ? json.indexOf('"', KIND.length()) : -1;
        if (end > 0) {
            return json.substring(KIND.length(), end);
        }
        Lines.Kind kind = Lines.GSON.fromJson(json, Lines.Kind.class);
        if (kind == null || kind.kind() == null) {
            throw new UnusableLineException("a #vperf line without a kind");
        }
        if (kind.v() > Lines.VERSION) {
            throw new UnusableLineException("written by a newer vperf (line version " + kind.v()
                    + ", this one reads up to " + Lines.VERSION + "): use that one to read it");
        }
        return kind.kind();
    }

    private static ParsedLine.Content method(Lines.Method line) {
        LineChecks.check(line);
        return new ParsedLine.OfMethod(line, Tags.ofMethod(line.name()));
    }

    private static ParsedLine.Content said(String json, Class<? extends Record> type) {
        return new ParsedLine.Said(Lines.GSON.fromJson(json, type));
    }

    @Override
    public void close() {
        payload.close();
    }
}
