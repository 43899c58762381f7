package io.vperf.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Puts the page together: template, styles, scripts and data. A policy in its head allows those scripts and styles by their digests and
 * nothing else, so whatever the data hold, the browser neither runs it nor asks any server.
 */
final class Page {

    private static final List<String> STYLES = List.of("uplot/uPlot.min.css", "page.css", "parts.css");

    private static final List<String> SCRIPTS = List.of(
            "uplot/uPlot.iife.min.js",
            "codes.js",
            "text.js",
            "elements.js",
            "sorted.js",
            "plots.js",
            "timeline.js",
            "method.js",
            "methods.js",
            "runs.js",
            "page.js");

    private final Writer out;

    Page(Writer out) {
        this.out = out;
    }

    /** Writes the data where they belong. */
    interface Data {
        void write(Writer out) throws IOException;
    }

    /** Writes the whole page. */
    void write(String title, Data data) throws IOException {
        String styles = joined(STYLES);
        String scripts = joined(SCRIPTS);
        String[] page = resource("page.html").split("\\{\\{data}}", -1);
        // The title last: what it holds is not looked at.
        out.write(page[0].replace("{{policy}}", policy(styles, scripts))
                .replace("{{licence}}", escaped(resource("uplot/LICENSE").strip()))
                .replace("{{styles}}", styles)
                .replace("{{title}}", escaped(title)));
        data.write(out);
        out.write(page[1].replace("{{scripts}}", scripts));
    }

    private static String policy(String styles, String scripts) {
        return "default-src 'none'; script-src '" + digest(scripts) + "'; style-src '" + digest(styles)
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String joined(List<String> names) throws IOException {
        StringBuilder joined = new StringBuilder("\n");
        for (String name : names) {
            // A browser reads CR LF as LF, and digests what it has read.
            joined.append(resource(name).replace("\r", "").strip()).append('\n');
        }
        return joined.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this vperf.jar lacks " + name + ": take an undamaged one");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
