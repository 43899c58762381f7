package io.vperf.counters;

import io.vperf.clock.ReadingCost;
import io.vperf.config.CounterWay;
import io.vperf.linux.DescriptorLimit;
import io.vperf.shim.Capability;
import io.vperf.shim.CounterReading;
import io.vperf.shim.Counters;
import io.vperf.shim.Descriptors;
import io.vperf.shim.KnownWork;
import io.vperf.shim.Natives;
import io.vperf.shim.PerfEvent;
import io.vperf.shim.PerfEvents;
import io.vperf.shim.ThreadCounters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries events on the calling thread, each alone and then together, and the ways of reading them. Used once. */
final class EventChoice {

    /** @param name how they are read, for a person */
    record Way(Counters counters, String name) {}

    private static final long QUIET_NS = 1_000_000;

    private static final String REMEDY = "Software events never can; for hardware events allow it: sysctl"
            + " kernel.perf_user_access=1 on aarch64, 1 in /sys/bus/event_source/devices/cpu/rdpmc on x86-64.";

    private final PerfEvents known;
    private final Capability<Natives> natives;
    private final Capability<KnownWork> work;
    private final Descriptors descriptors;
    private final Map<String, Capability<String>> tried;

    /**
     * @param root where the file system begins
     * @param tried where it is written down what became of each
     */
    EventChoice(Path root, Capability<Natives> natives, Map<String, Capability<String>> tried) {
        this.natives = natives;
        this.tried = tried;
        work = natives.then(KnownWork::of);
        known = new PerfEvents(root.resolve("sys"));
        descriptors = new Descriptors(DescriptorLimit.of(root));
    }

    /**
     * Null if none of the events can be had.
     *
     * @param mostNs for the comparison of two ways
     */
    @Nullable
    Way choose(List<String> names, CounterWay wanted, long mostNs) {
        List<PerfEvent> events = new ArrayList<>();
        for (String name : names) {
            Capability<PerfEvent> event = known.parse(name);
            Capability<String> outcome = event.then(this::alone);
            tried.put(name, outcome);
            if (event instanceof Capability.Available<PerfEvent> parsed
                    && outcome instanceof Capability.Available<String>) {
                events.add(parsed.value());
            }
        }
        while (!events.isEmpty()) {
            List<PerfEvent> on = together(events);
            if (on.size() == events.size()) {
                return way(events, wanted, mostNs);
            }
            events = on; // those that were never on the processor are out, and the others share what that leaves
        }
        return null;
    }

    private Capability<Counters> counters(List<PerfEvent> events, boolean userSpace) {
        return natives.then(n -> Counters.of(n, descriptors, events, userSpace));
    }

    private Capability<String> alone(PerfEvent event) {
        return work.then(known -> counters(List.of(event), false)
                .then(Counters::open)
                .then(opened -> {
                    try (opened) {
                        return new CounterTrial(opened, 1, known).alone(event);
                    }
                }));
    }

    /** Those that are on the processor when all of them are opened. */
    private List<PerfEvent> together(List<PerfEvent> events) {
        Capability<CounterTrial.Together> outcome =
                work.then(known -> counters(events, false).then(Counters::open).then(opened -> {
                    try (opened) {
                        return Capability.available(new CounterTrial(opened, events.size(), known).together());
                    }
                }));
        List<PerfEvent> on = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            PerfEvent event = events.get(i);
            if (outcome instanceof Capability.Unavailable<CounterTrial.Together> not) {
                tried.put(
                        event.name(),
                        Capability.unavailable("together with the others: " + not.reason(), not.remedy()));
                continue;
            }
            CounterTrial.Together seen = ((Capability.Available<CounterTrial.Together>) outcome).value();
            if ((seen.on() >>> i & 1) == 0) {
                tried.put(event.name(), CounterTrial.neverOn(event));
                continue;
            }
            on.add(event);
            if ((seen.estimates() >>> i & 1) != 0) {
                tried.computeIfPresent(
                        event.name(),
                        (name, alone) -> alone.then(detail -> Capability.available(
                                detail + "; takes turns with other counters, so that its counts are estimates")));
            }
        }
        return on;
    }

    /** Where the kernel lets user space read hardware counters that need not be the cheaper way: in a guest it may trap. */
    private @Nullable Way way(List<PerfEvent> events, CounterWay wanted, long mostNs) {
        if (!(counters(events, false) instanceof Capability.Available<Counters> byRead)) {
            return null; // cannot be: they were just there
        }
        Way read = new Way(byRead.value(), "read()");
        if (wanted == CounterWay.READ) {
            return read;
        }
        if (!(counters(events, true) instanceof Capability.Available<Counters> byPage)
                || !isReadInUserSpace(byPage.value())) {
            if (wanted == CounterWay.PAGE) {
                tried.put(
                        "reading in user space",
                        Capability.unavailable("none of these events can be read in user space here", REMEDY));
            }
            return read;
        }
        Way page = new Way(byPage.value(), "user space");
        if (wanted == CounterWay.PAGE) {
            return page;
        }
        double readNs = costNs(byRead.value(), events.size(), mostNs);
        double pageNs = costNs(byPage.value(), events.size(), mostNs);
        String compared = Math.round(pageNs) + " ns in user space, " + Math.round(readNs) + " ns by read()";
        tried.put("reading", Capability.available(compared));
        return pageNs < readNs ? page : read;
    }

    private static boolean isReadInUserSpace(Counters counters) {
        if (counters.open() instanceof Capability.Available<ThreadCounters> opened) {
            try (ThreadCounters thread = opened.value()) {
                return thread.isReadInUserSpace();
            }
        }
        return false;
    }

    /** Nanoseconds of a reading. */
    private static double costNs(Counters counters, int events, long mostNs) {
        if (!(counters.open() instanceof Capability.Available<ThreadCounters> opened)) {
            return Double.MAX_VALUE;
        }
        try (ThreadCounters thread = opened.value()) {
            long[] reading = new long[CounterReading.words(events)];
            return ReadingCost.fastestNs(QUIET_NS, mostNs, count -> {
                long sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += thread.readAtEntry(reading, 0);
                }
                return sum;
            });
        }
    }
}
