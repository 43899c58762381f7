package io.vperf.clock;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.linux.DescriptorLimit;
import io.vperf.shim.Capability;
import io.vperf.shim.Descriptors;
import io.vperf.shim.Natives;
import io.vperf.shim.SchedStats;
import io.vperf.shim.TaskClocks;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run's threads ask for how long they were switched out. Any thread may ask for its own; one looks after them all,
 * and says what the others, being the application's, only count.
 */
final class WaitSources {

    /** Two per thread at most, and no more than a share of what there are. Threads beyond them go without. */
    private static final int MOST_DESCRIPTORS = 1024;

    private final WaitCounters.Source counters;
    private final TaskTime.Source times;
    private final Health health;

    /** A thread has blocked. Set by any, read by the one that looks after them. */
    private volatile boolean timeWanted;

    /** It need not be waited for any more. */
    private volatile boolean timeReady;

    private volatile boolean timeRefused;
    private volatile @Nullable String noCounters;
    private volatile @Nullable String noTime;

    WaitSources(WaitCounters.Source counters, TaskTime.Source times, Health health) {
        this.counters = counters;
        this.times = times;
        this.health = health;
    }

    static WaitSources of(Natives natives, Health health) {
        Descriptors descriptors = new Descriptors(Math.min(MOST_DESCRIPTORS, DescriptorLimit.of(Path.of("/"))));
        return new WaitSources(
                new KernelWaitCounters.Source(new SchedStats(natives, descriptors)),
                new KernelTaskTime.Source(new TaskClocks(natives, descriptors)),
                health);
    }

    /** For the calling native thread, which asks once; null if there are none. */
    @Nullable
    WaitCounters countersOfThisThread() {
        Capability<WaitCounters> asked = counters.forThisThread();
        if (asked instanceof Capability.Available<WaitCounters> found) {
            return found.value();
        }
        noCounters = why(asked);
        health.count(Trouble.WAITS_UNKNOWN);
        return null;
    }

    /** Whether there are counters for the calling thread, and why not. */
    Capability<String> check() {
        return counters.forThisThread().then(found -> {
            found.close();
            return Capability.available("schedstat");
        });
    }

    /** Whether a thread that has blocked may ask by now. If not, it may later. */
    boolean isTimeReady() {
        timeWanted = true;
        return timeReady;
    }

    /** For the calling native thread, which asks once; null if there is none. */
    @Nullable
    TaskTime timeOfThisThread() {
        if (!timeRefused) {
            Capability<TaskTime> asked = times.forThisThread();
            if (asked instanceof Capability.Available<TaskTime> found) {
                return found.value();
            }
            noTime = why(asked);
        }
        health.count(Trouble.BLOCKS_UNKNOWN);
        return null;
    }

    /** To be called again and again while steal is about, by a thread of vperf's own. */
    void lookAfter() {
        if (timeWanted && !timeReady) {
            Capability<String> prepared = times.prepare();
            if (prepared instanceof Capability.Unavailable<String>) {
                timeRefused = true;
                noTime = why(prepared);
            }
            timeReady = true;
        }
        String reason = noCounters;
        if (reason != null) {
            health.tell(Trouble.WAITS_UNKNOWN, "for how long threads are switched out is unknown: " + reason);
        }
        reason = noTime;
        if (reason != null) {
            health.tell(Trouble.BLOCKS_UNKNOWN, "for how long threads are blocked is unknown: " + reason);
        }
    }

    /** Nobody looks after them any more; threads that ask keep what they have. */
    void close() {
        times.end();
    }

    private static String why(Capability<?> refused) {
        return refused instanceof Capability.Unavailable<?> not
                ? not.reason() + (not.remedy().isEmpty() ? "" : "; " + not.remedy())
                : "";
    }
}
