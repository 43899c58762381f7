package io.vperf.config;

import io.vperf.shim.Capability;
import io.vperf.shim.PerfEvent;
import io.vperf.shim.PerfEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Events in the words of perf, with plus signs between them. Only their spelling is looked at: whether a machine has them, and
 * whether it has the PMU that one is named after, is found out when measuring begins.
 */
final class CountersValue implements ValueType<List<String>> {

    /** As many as a reading has room for, one left for allocated bytes. */
    private static final int MOST = 31;

    private static final PerfEvents EVENTS = new PerfEvents(Path.of("/sys"));

    @Override
    public List<String> parse(String text) throws WrongValueException {
        if (text.isEmpty() || text.equals("off")) {
            return List.of();
        }
        List<String> names =
                List.of(text.split("\\+", -1)).stream().map(String::strip).toList();
        if (names.size() > MOST) {
            throw new WrongValueException(names.size() + " counters, " + MOST + " at most");
        }
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            if (!seen.add(name)) {
                throw new WrongValueException("counter " + name + " twice");
            }
            boolean ofPmu = name.contains("/");
            if (!ofPmu && EVENTS.parse(name) instanceof Capability.Unavailable<PerfEvent> not) {
                throw new WrongValueException(
                        not.reason() + (not.remedy().isEmpty() ? "" : "; " + decapitalized(not.remedy())));
            }
        }
        return names;
    }

    private static String decapitalized(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    @Override
    public String placeholder() {
        return "EVENT+EVENT";
    }

    @Override
    public String accepted() {
        return "events of 'perf list' such as instructions+cycles:u+page-faults, rNNN, pmu/event/; 1 to " + MOST
                + ", or off";
    }
}
