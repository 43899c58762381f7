package io.vperf.shim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which events are opened as a group, that is: put on the processor together and read by one call.
 *
 * <p>Software events have a group of their own, though the kernel takes them into any: in a group of hardware events they
 * would stop whenever those are off the processor, and be estimates where they could be exact. Events of two PMUs are
 * refused as one group. Of the processor's own a group holds no more than were seen to run together.
 */
final class CounterPlan {

    private static final int OF_SOFTWARE = -2;
    private static final int OF_PROCESSOR = -1;

    private CounterPlan() {}

    /**
     * The events' places in the list by group, software first: read before the others at a call's entry, whose counts then
     * do not hold that system call.
     *
     * @param most hardware events in a group
     */
    static List<List<Integer>> groups(List<PerfEvent> events, int most) {
        Map<Integer, List<Integer>> byPmu = new LinkedHashMap<>();
        byPmu.put(OF_SOFTWARE, new ArrayList<>());
        for (int i = 0; i < events.size(); i++) {
            byPmu.computeIfAbsent(pmu(events.get(i)), pmu -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> groups = new ArrayList<>();
        byPmu.forEach((pmu, all) -> {
            int size = pmu == OF_SOFTWARE ? CounterLayout.GROUP_EVENTS : Math.min(most, CounterLayout.GROUP_EVENTS);
            for (int from = 0; from < all.size(); from += size) {
                groups.add(List.copyOf(all.subList(from, Math.min(from + size, all.size()))));
            }
        });
        return groups;
    }

    private static int pmu(PerfEvent event) {
        if (event.isSoftware()) {
            return OF_SOFTWARE;
        }
        return event.isOfProcessor() ? OF_PROCESSOR : event.type();
    }
}
