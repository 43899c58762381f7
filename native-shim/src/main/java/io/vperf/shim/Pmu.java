package io.vperf.shim;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A PMU by its folder in {@code /sys/bus/event_source/devices}: what it calls its events and where in the config words it
 * wants what.
 *
 * @param folder of the PMU
 * @param type what the kernel calls it: {@code attr.type}
 */
record Pmu(Path folder, int type) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,16}|\\d{1,19}");
    private static final List<String> WORDS = List.of("config", "config1", "config2");

    /** An event's file beside which others lie of the same name: .scale, .unit, .snapshot, .per-pkg. */
    private static final String SUFFIX = ".*\\.(scale|unit|snapshot|per-pkg)";

    /** The three config words for what stands between the slashes: {@code inst_retired}, {@code event=0x3c,umask=1,edge}. */
    long[] config(String event, String terms) throws WrongEventException {
        long[] config = new long[WORDS.size()];
        apply(event, terms, config, true);
        return config;
    }

    private void apply(String event, String terms, long[] config, boolean byUser) throws WrongEventException {
        for (String term : terms.split(",", -1)) {
            String[] parts = term.strip().split("=", 2);
            String name = parts[0];
            if (byUser && parts.length == 1 && isEvent(name)) {
                apply(event, PmuFolder.read(folder.resolve("events").resolve(name)), config, false);
            } else {
                field(event, name, parts.length == 1 ? "1" : parts[1], config);
            }
        }
    }

    private void field(String event, String name, String text, long[] config) throws WrongEventException {
        if (text.equals("?")) {
            throw new WrongEventException(
                    "counter " + event + ": the event wants a value for " + name,
                    "Add " + name + "=… between the slashes.");
        }
        PmuFormat format = format(event, name);
        if (!NUMBER.matcher(text).matches()) {
            throw new WrongEventException(
                    "counter " + event + ": " + text + " is not a number",
                    "Write " + name + "=17 or " + name + "=0x11.");
        }
        long value = text.length() > 2 && (text.charAt(1) | 0x20) == 'x'
                ? Long.parseUnsignedLong(text.substring(2), 16)
                : Long.parseUnsignedLong(text);
        if (!format.holds(value)) {
            throw new WrongEventException(
                    "counter " + event + ": " + name + "=" + text + " is too large",
                    "The largest is 0x" + Long.toHexString(format.largest()) + ".");
        }
        format.put(config, value);
    }

    private PmuFormat format(String event, String name) throws WrongEventException {
        if (WORDS.contains(name)) {
            return new PmuFormat(WORDS.indexOf(name), -1);
        }
        String text = NAME.matcher(name).matches()
                ? PmuFolder.read(folder.resolve("format").resolve(name))
                : "";
        PmuFormat format = PmuFormat.parse(text);
        if (format != null) {
            return format;
        }
        if (!text.isEmpty()) {
            throw new WrongEventException(
                    "counter " + event + ": " + name + " goes to " + text + ", which vperf does not know", "");
        }
        List<String> names = new ArrayList<>(PmuFolder.names(folder.resolve("events")));
        names.removeIf(other -> other.matches(SUFFIX));
        names.addAll(PmuFolder.names(folder.resolve("format")));
        names.addAll(WORDS);
        throw new WrongEventException(
                "counter " + event + ": the PMU " + folder.getFileName() + " has no event or field "
                        + (name.isEmpty() ? "without a name" : name),
                Nearest.sentence(name, names) + "They are in " + folder + "/events and format.");
    }

    private boolean isEvent(String name) {
        return NAME.matcher(name).matches()
                && !name.matches(SUFFIX)
                && Files.isRegularFile(folder.resolve("events").resolve(name));
    }
}
