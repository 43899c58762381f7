package io.vperf.explain;

import io.vperf.container.CpuCgroups;
import io.vperf.container.CpuLevel;
import io.vperf.health.Health;
import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cgroups of one's own making, whose throttle counters are written to files and read from there. */
public final class FakeThrottles {

    private static final long NS_PER_US = 1_000;

    private static final class Counters {

        long periods;
        long throttledPeriods;
        long throttledNs;
    }

    private final FakeRoot root;
    private final int version;
    private final List<Counters> levels = new ArrayList<>();

    /**
     * @param version of the files' format, 1 or 2
     * @param levels how many cgroups, the process's own first
     */
    public FakeThrottles(Path root, int version, int levels) {
        this.root = new FakeRoot(root);
        this.version = version;
        for (int level = 0; level < levels; level++) {
            this.levels.add(new Counters());
            write(level);
        }
    }

    /** Its counters are read for the first time. */
    public Throttles throttles(Health health, long nowNs) {
        Capability<Throttles> found = Throttles.of(Capability.available(cgroups()), health, nowNs);
        if (found instanceof Capability.Available<Throttles> available) {
            return available.value();
        }
        throw new AssertionError(found);
    }

    private CpuCgroups cgroups() {
        List<CpuLevel> all = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            all.add(new CpuLevel(
                    "/" + level,
                    root.path().resolve(Integer.toString(level)),
                    Capability.unavailable("not asked", ""),
                    Capability.unavailable("not asked", ""),
                    Capability.unavailable("not asked", "")));
        }
        return new CpuCgroups(version, all, true);
    }

    /** One more period has begun, and was throttled for so long. In version 2 the file shows whole microseconds of it. */
    public void grow(int level, long throttledNs) {
        Counters of = levels.get(level);
        of.periods++;
        of.throttledPeriods += throttledNs > 0 ? 1 : 0;
        of.throttledNs += throttledNs;
        write(level);
    }

    /** So much is in the file from now on. */
    public void set(int level, long periods, long throttledPeriods, long throttledNs) {
        Counters of = levels.get(level);
        of.periods = periods;
        of.throttledPeriods = throttledPeriods;
        of.throttledNs = throttledNs;
        write(level);
    }

    /** The file has this text, until the counters grow. */
    public void garble(int level, String text) {
        root.with(level + "/cpu.stat", text);
    }

    private void write(int level) {
        Counters of = levels.get(level);
        garble(
                level,
                (version == 1 ? "" : "usage_usec 12\nuser_usec 7\nsystem_usec 5\n") + "nr_periods " + of.periods
                        + "\nnr_throttled " + of.throttledPeriods
                        + (version == 1
                                ? "\nthrottled_time " + of.throttledNs + "\n"
                                : "\nthrottled_usec " + of.throttledNs / NS_PER_US + "\nnr_bursts 0\nburst_usec 0\n"));
    }
}
