package io.vperf.counters;

import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import io.vperf.shim.Counters;
import io.vperf.shim.PerfEvent;
import io.vperf.shim.ThreadCounters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The counters that a run has: events, and behind them allocated bytes, or one of the two. */
final class OpenedCounters implements CallCounters {

    private final @Nullable Counters events;
    private final @Nullable AllocatedBytes allocated;
    private final WallClock wall;
    private final boolean wallIsMonotonic;
    private final Health health;
    private final List<String> names;

    /**
     * @param wall the run's
     * @param wallIsMonotonic whether it is CLOCK_MONOTONIC, which a reading of events tells at no further cost
     */
    OpenedCounters(
            @Nullable Counters events,
            @Nullable AllocatedBytes allocated,
            WallClock wall,
            boolean wallIsMonotonic,
            Health health) {
        this.events = events;
        this.allocated = allocated;
        this.wall = wall;
        this.wallIsMonotonic = wallIsMonotonic;
        this.health = health;
        List<String> all = new ArrayList<>();
        if (events != null) {
            events.events().stream().map(PerfEvent::name).forEach(all::add);
        }
        if (allocated != null) {
            all.add(AllocatedBytes.NAME);
        }
        names = List.copyOf(all);
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public @Nullable ThreadReader forThisThread() {
        ThreadCounters opened = events == null ? null : open(events);
        if (opened == null && allocated == null) {
            return null;
        }
        return new ThreadCounts(
                opened,
                events == null ? 0 : events.events().size(),
                allocated,
                opened == null || !wallIsMonotonic ? wall : null,
                health);
    }

    private @Nullable ThreadCounters open(Counters of) {
        Capability<ThreadCounters> asked = of.open();
        if (asked instanceof Capability.Unavailable<ThreadCounters> not) {
            health.count(Trouble.COUNTERS_REFUSED);
            health.tellLater("a thread has no counters, and its calls go without: " + not.reason()
                    + (not.remedy().isEmpty() ? "" : "; " + not.remedy()) + " (counted from now on, not repeated)");
            return null;
        }
        return ((Capability.Available<ThreadCounters>) asked).value();
    }
}
