package io.vperf.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HotSpot's -XX:+LogCompilation says about inlining into one method: each call site of its last compilation by C2,
 * in depth-first order. Each element of that log stands on a line of its own.
 */
final class InlineLog {

    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)='([^']*)'");

    /** @param depth of the caller below the compiled method, from 0 */
    record Site(int depth, String callee, boolean inlined, String reason) {

        @Override
        public String toString() {
            return "  ".repeat(depth + 1) + callee + ": " + (inlined ? "inlined" : "NOT inlined") + " (" + reason + ")";
        }
    }

    private final Map<String, String> klasses = new HashMap<>();
    private final Map<String, String> methods = new HashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private final Deque<String> parses = new ArrayDeque<>();
    private String called = "";

    private InlineLog() {}

    /**
     * Empty if C2 did not compile it.
     *
     * @param compiled {@code package.Class method}, as the log writes it
     */
    static List<Site> read(List<String> log, String compiled) {
        List<Site> last = List.of();
        InlineLog task = null;
        for (String line : log) {
            if (line.startsWith("<task ")) {
                Map<String, String> attributes = attributes(line);
                // The highest level, C2, is left out of the log.
                boolean ours = attributes.getOrDefault("method", "").startsWith(compiled + " ")
                        && attributes.getOrDefault("level", "4").equals("4");
                task = ours ? new InlineLog() : null;
            } else if (line.startsWith("</task>")) {
                last = task == null || task.sites.isEmpty() ? last : task.sites;
                task = null;
            } else if (task != null) {
                task.line(line, attributes(line));
            }
        }
        return last;
    }

    private static Map<String, String> attributes(String line) {
        Map<String, String> attributes = new HashMap<>();
        for (Matcher m = ATTRIBUTE.matcher(line); m.find(); ) {
            String value = m.group(2).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            attributes.put(m.group(1), value);
        }
        return attributes;
    }

    private void line(String line, Map<String, String> a) {
        String element = line.substring(0, line.indexOf(' ') < 0 ? line.length() : line.indexOf(' '));
        switch (element) {
            case "<klass" -> klasses.put(a.getOrDefault("id", ""), a.getOrDefault("name", ""));
            case "<method" ->
                methods.put(
                        a.getOrDefault("id", ""),
                        klasses.getOrDefault(a.getOrDefault("holder", ""), "?") + "." + a.getOrDefault("name", "?"));
            case "<call" -> called = methods.getOrDefault(a.getOrDefault("method", ""), "?");
            case "<parse" -> parses.push(a.getOrDefault("method", ""));
            case "</parse>" -> parses.poll();
            case "<inline_success" -> site(true, a);
            case "<inline_fail" -> site(false, a);
            default -> {}
        }
    }

    private void site(boolean inlined, Map<String, String> a) {
        sites.add(new Site(Math.max(0, parses.size() - 1), called, inlined, a.getOrDefault("reason", "no reason")));
    }
}
