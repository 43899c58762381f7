package io.vperf.shim;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events by the names that perf takes: {@code instructions}, {@code L1-dcache-load-misses:ku}, {@code page-faults}, {@code
 * r01c2}, {@code cpu/event=0x3c,umask=1/u}. What counts them is told by the machine only when they are opened.
 */
public final class PerfEvents {

    private static final Pattern RAW = Pattern.compile("r([0-9a-fA-F]{1,16})");

    /** A name, and behind a colon perf's modifiers or the second half of a tracepoint's name. */
    private static final Pattern NAME = Pattern.compile("([^:/]+)(?::(.+))?");

    private static final Pattern OF_PMU = Pattern.compile("([^/:]*)/([^/]*)/:?([^/:]*)");

    private static final String REMEDY =
            "Use a name of 'perf list' (hardware, cache or software event), rNNN for a raw event in hexadecimal, or"
                    + " pmu/event/ of /sys/bus/event_source/devices.";

    private final PmuFolder pmus;

    /** @param sys where sysfs is mounted */
    public PerfEvents(Path sys) {
        pmus = new PmuFolder(sys.resolve("bus/event_source/devices"));
    }

    /** The event, or why there can be none of this name. Says nothing of whether this machine counts it. */
    public Capability<PerfEvent> parse(String text) {
        try {
            return Capability.available(event(text.strip()));
        } catch (WrongEventException e) {
            return e.unavailable();
        }
    }

    private PerfEvent event(String text) throws WrongEventException {
        Matcher ofPmu = OF_PMU.matcher(text);
        if (ofPmu.matches()) {
            return ofPmu(text, ofPmu);
        }
        Matcher named = NAME.matcher(text);
        if (!named.matches()) {
            throw new WrongEventException(
                    "counter " + (text.isEmpty() ? "has no name" : text + " is not an event"), REMEDY);
        }
        String name = named.group(1);
        String letters = named.group(2) == null ? "" : named.group(2);
        Matcher raw = RAW.matcher(name);
        if (raw.matches()) {
            Modifiers modifiers = Modifiers.parse(text, letters);
            long config = Long.parseUnsignedLong(raw.group(1), 16);
            return new PerfEvent(text, PerfEvent.RAW, config, 0, 0, modifiers.user(), modifiers.kernel());
        }
        EventNames.Known known = EventNames.all().get(name);
        if (known == null) {
            throw unknown(text, name, named.group(2) != null && !letters.matches("[uk]*"));
        }
        Modifiers modifiers = Modifiers.parse(text, letters, known.side());
        return new PerfEvent(text, known.type(), known.config(), 0, 0, modifiers.user(), modifiers.kernel());
    }

    private static WrongEventException unknown(String text, String name, boolean tracepoint) {
        return tracepoint
                ? new WrongEventException(
                        "counter " + text + ": tracepoints and breakpoints are not counted",
                        "Use hardware, cache, software or PMU events; perf trace and bpftrace follow tracepoints.")
                : new WrongEventException(
                        "counter " + text + ": there is no event " + name,
                        Nearest.sentence(name, EventNames.all().keySet()) + REMEDY);
    }

    private PerfEvent ofPmu(String text, Matcher parts) throws WrongEventException {
        Pmu pmu = pmus.pmu(text, parts.group(1));
        long[] config = pmu.config(text, parts.group(2));
        Modifiers modifiers = Modifiers.parse(text, parts.group(3));
        return new PerfEvent(text, pmu.type(), config[0], config[1], config[2], modifiers.user(), modifiers.kernel());
    }
}
