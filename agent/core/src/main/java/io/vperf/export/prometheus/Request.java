package io.vperf.export.prometheus;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request without a body (RFC 9112).
 *
 * @param method such as GET
 * @param path without what follows a question mark
 * @param headers by their names in lower case; of several of the same name all, joined by commas
 */
record Request(String method, String path, Map<String, String> headers) {

    private static final int LINE_WORDS = 3;

    /** Where the empty line ends that ends the head; -1 if it has not come yet. */
    static int end(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                int next = i + 1 < length && bytes[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < length && bytes[next] == '\n') {
                    return next + 1;
                }
            }
        }
        return -1;
    }

    /** Null if that is no request. */
    static @Nullable Request parse(byte[] bytes, int length) {
        String[] lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        String[] words = lines[0].split(" ", -1);
        if (words.length != LINE_WORDS || !words[1].startsWith("/") || !words[2].startsWith("HTTP/1.")) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) {
                return null;
            }
            headers.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip(),
                    (one, other) -> one + "," + other);
        }
        int question = words[1].indexOf('?');
        return new Request(words[0], question < 0 ? words[1] : words[1].substring(0, question), headers);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    boolean acceptsGzip() {
        String accepted = headers.get("accept-encoding");
        return accepted != null
                && accepted.contains("gzip")
                && !accepted.matches(".*gzip\\s*;\\s*q=0(\\.0*)?\\s*(,.*)?");
    }
}
