package io.vperf.config;

import io.vperf.shim.Capability;
import io.vperf.shim.PerfEvent;
import io.vperf.shim.PerfEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        if (text.equals("off")) {
            return List.of();
        }
        List<String> names =
                List.of(text.split("\\+", -1)).stream().map(String::strip).toList();
        if (names.size() > MOST) {
            throw new WrongValueException(names.size() + " counters, " + MOST + " at most");
        }
        Map<Object, String> seen = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String name : names) {
            Capability<PerfEvent> parsed = name.contains("/") ? Capability.unavailable("", "") : EVENTS.parse(name);
            if (!name.contains("/") && parsed instanceof Capability.Unavailable<PerfEvent> not) {
                wrong.add(not.reason() + (not.remedy().isEmpty() ? "" : "; " + decapitalized(not.remedy())));
            }
            String earlier = seen.putIfAbsent(
                    parsed instanceof Capability.Available<PerfEvent> event ? counted(event.value()) : name, name);
            if (earlier != null) {
                wrong.add("counter " + name + (earlier.equals(name) ? "" : " is " + earlier) + " twice, remove one");
            }
        }
        if (!wrong.isEmpty()) {
            throw new WrongValueException(String.join("; ", wrong));
        }
        return names;
    }

    /** Whether somebody may have meant it as one more counter. */
    static boolean isEvent(String name) {
        return EVENTS.parse(name) instanceof Capability.Available;
    }

    /** All but how it was written. */
    private static PerfEvent counted(PerfEvent e) {
        return new PerfEvent("", e.type(), e.config(), e.config1(), e.config2(), e.user(), e.kernel());
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
