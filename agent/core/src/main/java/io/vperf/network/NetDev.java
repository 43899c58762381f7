package io.vperf.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses {@code /proc/net/dev}. Pure. */
final class NetDev {

    /** IFNAMSIZ of include/uapi/linux/if.h is 16, with the zero at the end. */
    private static final int MOST_NAME_CHARS = 15;

    private static final int COLUMNS = NetCounter.values().length;

    private NetDev() {}

    /**
     * The counters of each interface, by {@link NetCounter#key}, in the order of the file. A line that has not the form of
     * the kernel's is left out, as is a last one without its end: its last number may be cut. Numbers are unsigned.
     */
    static Map<String, Map<String, Long>> parse(String text) {
        Map<String, Map<String, Long>> interfaces = new LinkedHashMap<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            String line = text.substring(start, end);
            start = end + 1;
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue; // the two lines of the head
            }
            String name = line.substring(0, colon).strip();
            Map<String, Long> counters = columns(line.substring(colon + 1));
            if (isName(name) && counters != null) {
                interfaces.putIfAbsent(name, counters);
            }
        }
        return interfaces;
    }

    private static @Nullable Map<String, Long> columns(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length != COLUMNS) {
            return null;
        }
        Map<String, Long> counters = new LinkedHashMap<>();
        int column = 0;
        for (NetCounter counter : NetCounter.values()) {
            Long value = CounterText.parse(words[column++]);
            if (value == null) {
                return null;
            }
            counters.put(counter.key, value);
        }
        return counters;
    }

    /** As {@code dev_valid_name}, net/core/dev.c, has it: then it can be the name of a folder in sysfs, and of nothing else. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_NAME_CHARS
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == ':' || c <= ' ' || Character.isISOControl(c));
    }
}
