package io.vperf.counters;

import io.vperf.clock.BlockingCalls;
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

    /**
     * How they are read.
     *
     * @param name of it, for a person
     * @param userSpace what both ways cost, or why user space cannot read them; null where nobody has looked
     */
    record Way(Counters counters, String name, @Nullable Capability<String> userSpace) {}

    /** What is done on the calling thread for counters to count. */
    private record Load(KnownWork work, BlockingCalls sleeps) {}

    private static final String READ = "read()";
    private static final long QUIET_NS = 1_000_000;

    private static final String REMEDY = "Software events never can; for hardware events allow it: sysctl"
            + " kernel.perf_user_access=1 on aarch64, 1 in /sys/bus/event_source/devices/cpu/rdpmc on x86-64.";

    private final PerfEvents known;
    private final Capability<Natives> natives;
    private final Capability<Load> load;
    private final Descriptors descriptors;
    private final Map<String, Capability<String>> tried;

    /**
     * @param root where the file system begins
     * @param tried where it is written down what became of each
     */
    EventChoice(Path root, Capability<Natives> natives, Map<String, Capability<String>> tried) {
        this.natives = natives;
        this.tried = tried;
        load = natives.then(n ->
                KnownWork.of(n).then(work -> Capability.available(new Load(work, new BlockingCalls(n)))));
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
            Capability<String> outcome = event.then(parsed -> alone(parsed, false));
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

    private Capability<String> alone(PerfEvent event, boolean userSpace) {
        return load.then(known -> counters(List.of(event), userSpace)
                .then(Counters::open)
                .then(opened -> {
                    try (opened) {
                        return new CounterTrial(opened, 1, known.work, known.sleeps).alone(event);
                    }
                }));
    }

    /** Those that are on the processor when all of them are opened. */
    private List<PerfEvent> together(List<PerfEvent> events) {
        Capability<CounterTrial.Together> outcome =
                load.then(known -> counters(events, false).then(Counters::open).then(opened -> {
                    try (opened) {
                        return Capability.available(
                                new CounterTrial(opened, events.size(), known.work, known.sleeps).together());
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
        if (wanted == CounterWay.READ) {
            return new Way(byRead.value(), READ, null);
        }
        Capability<Counters> byPage = inUserSpace(events);
        if (!(byPage instanceof Capability.Available<Counters> page)) {
            return new Way(byRead.value(), READ, byPage.then(none -> Capability.available("")));
        }
        double readNs = costNs(byRead.value(), events.size(), mostNs);
        double pageNs = costNs(page.value(), events.size(), mostNs);
        Capability<String> compared =
                Capability.available(Math.round(pageNs) + " ns in user space, " + Math.round(readNs) + " ns by read()");
        return wanted == CounterWay.PAGE || pageNs < readNs
                ? new Way(page.value(), "user space", compared)
                : new Way(byRead.value(), READ, compared);
    }

    /** If the kernel allows it, and what is read so is as right as what read() tells. */
    private Capability<Counters> inUserSpace(List<PerfEvent> events) {
        Capability<Counters> byPage = counters(events, true);
        if (byPage instanceof Capability.Available<Counters> there && !isReadInUserSpace(there.value())) {
            return Capability.unavailable("none of these events can be read in user space here", REMEDY);
        }
        for (PerfEvent event : events) {
            if (!event.isSoftware() && alone(event, true) instanceof Capability.Unavailable<String> wrong) {
                return Capability.unavailable("in user space " + wrong.reason(), wrong.remedy());
            }
        }
        return byPage;
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
