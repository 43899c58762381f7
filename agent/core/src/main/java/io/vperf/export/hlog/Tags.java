package io.vperf.export.hlog;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tags of histogram lines: {@code metric:method}, with every byte that is not a letter, a digit or one of
 * {@code . _ $ - : ( ) [ ] < > / #} written as {@code %XX}. HdrHistogram's own check lets a comma through, which ends the
 * tag for its reader.
 */
final class Tags {

    static final String WALL = "wall";
    static final String CORRECTED = "corrected";

    /** This and the next one are absent where they are the same as {@link #CORRECTED}. */
    static final String CORRECTED_LEAST = "correctedLeast";

    static final String CORRECTED_MOST = "correctedMost";
    /** Absent where all calls of the interval began in quiet slices. */
    static final String QUIET = "quiet";

    static final String CPU = "cpu";
    static final String CPU_CORRECTED = "cpuCorrected";
    static final String STOLEN = "stolen";

    /** What was stolen in each window of a vCPU: {@code steal:vcpu3}. */
    static final String STEAL = "steal";

    static final String VCPU = "vcpu";

    private static final List<String> METRICS =
            List.of(WALL, CORRECTED, CORRECTED_LEAST, CORRECTED_MOST, QUIET, CPU, CPU_CORRECTED, STOLEN, STEAL);

    private static final String PLAIN = "._$-:()[]<>/#";

    /** In a counter's name a colon is not plain, as one ends it. */
    private static final String COUNTER_PLAIN = "._-/";

    private Tags() {}

    /** Whether a line of a log is a histogram of vperf's: other programs write tags, too. */
    static boolean isOwn(String line) {
        return line.startsWith("Tag=counter.")
                || METRICS.stream().anyMatch(metric -> line.startsWith("Tag=" + metric + ":"));
    }

    static String encode(String metric, String method) {
        return of(metric, ofMethod(method));
    }

    /** What a metric's tag of a method ends with, as {@link #of} wants it. */
    static String ofMethod(String method) {
        return escaped(PLAIN, method);
    }

    static String of(String metric, String ofMethod) {
        return metric + ":" + ofMethod;
    }

    /** The metric of a counter: {@code counter.page-faults}. */
    static String counter(String name) {
        return "counter." + escaped(COUNTER_PLAIN, name);
    }

    private static String escaped(String plain, String text) {
        StringBuilder tag = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter || (c >= '0' && c <= '9') || plain.indexOf(c) >= 0) {
                tag.append(c);
            } else {
                tag.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return tag.toString();
    }
}
