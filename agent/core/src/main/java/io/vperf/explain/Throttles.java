package io.vperf.explain;

import io.vperf.container.CpuCgroups;
import io.vperf.container.CpuLevel;
import io.vperf.container.ThrottleFile;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import java.util.ArrayList;
import java.util.List;

/**
 * The throttle counters of each cgroup above the JVM that has any, sampled. One without a quota costs a reading and never grows;
 * it may be given a quota while the JVM runs. Its timeline is used by the thread that samples.
 */
public final class Throttles implements AutoCloseable {

    private static final class Level {

        final String path;
        final ThrottleFile file;

        // What the counters said in the last good sample, and when that was.
        private long lastPeriods;
        private long lastThrottledPeriods;
        private long lastThrottledNs;
        long sampledAtNs;

        // By how much they have grown.
        private long periods;
        private long throttledPeriods;
        private long throttledNs;

        Level(String path, ThrottleFile file) {
            this.path = path;
            this.file = file;
        }

        /** Takes the sample just made for the last one. */
        void begin(long nowNs) {
            lastPeriods = file.periods();
            lastThrottledPeriods = file.throttledPeriods();
            lastThrottledNs = file.throttledNs();
            sampledAtNs = nowNs;
        }

        /** Nanoseconds throttled since the last good sample; negative if the counters have begun anew meanwhile. */
        long grow(long nowNs) {
            long grownNs = file.throttledNs() - lastThrottledNs;
            if (grownNs >= 0) {
                periods += file.periods() - lastPeriods;
                throttledPeriods += file.throttledPeriods() - lastThrottledPeriods;
                throttledNs += grownNs;
            }
            begin(nowNs);
            return grownNs;
        }

        Throttled.Level total() {
            return new Throttled.Level(path, periods, throttledPeriods, throttledNs);
        }
    }

    private final List<Level> levels;
    private final Health health;
    private final ThrottleTimeline timeline = new ThrottleTimeline();

    private Throttles(List<Level> levels, Health health) {
        this.levels = levels;
        this.health = health;
    }

    /** Those of the process's cgroups, or why it cannot be known whether it is throttled. Takes the first sample. */
    public static Capability<Throttles> of(Capability<CpuCgroups> cgroups, Health health, long nowNs) {
        return cgroups.then(found -> {
            List<Level> levels = new ArrayList<>();
            for (CpuLevel level : found.levels()) {
                Level opened = new Level(level.path(), level.throttleFile());
                if (opened.file.sample()) {
                    opened.begin(nowNs);
                    levels.add(opened);
                } else {
                    opened.file.close();
                }
            }
            if (levels.isEmpty()) {
                return Capability.unavailable(
                        "no cgroup of this process has throttle counters",
                        "have its cgroup use the cpu controller, and mount it in the container");
            }
            return Capability.available(new Throttles(levels, health));
        });
    }

    /** For people: which cgroups. */
    public String source() {
        return "cpu.stat of "
                + String.join(", ", levels.stream().map(l -> l.path).toList());
    }

    /** Reads all counters. A level that cannot be read now is read next time, and its window is longer then. */
    synchronized void sample(long nowNs) {
        long grownNs = 0;
        long fromNs = nowNs;
        for (Level level : levels) {
            if (!level.file.sample()) {
                health.count(Trouble.THROTTLE_SAMPLES_FAILED);
                continue;
            }
            long sinceNs = level.sampledAtNs;
            long deltaNs = level.grow(nowNs);
            if (deltaNs < 0) {
                health.count(Trouble.THROTTLE_SAMPLES_FAILED); // another cgroup of that name
            } else if (deltaNs > 0) {
                grownNs += deltaNs;
                fromNs = Math.min(fromNs, sinceNs);
            }
        }
        timeline.add(fromNs, nowNs, grownNs);
    }

    ThrottleTimeline timeline() {
        return timeline;
    }

    /** What was counted since the start. */
    public synchronized Throttled totals() {
        return new Throttled(levels.stream().map(Level::total).toList(), timeline.givenNs());
    }

    @Override
    public synchronized void close() {
        levels.forEach(level -> level.file.close());
    }
}
