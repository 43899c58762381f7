package io.vperf.timeref;

import io.vperf.shim.Capability;
import io.vperf.shim.Descriptors;
import io.vperf.shim.NapTimer;
import io.vperf.shim.Natives;
import io.vperf.shim.SchedStat;
import io.vperf.shim.SchedStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Naps, and notes where the kernel let the thread go on much later than it was due, though it did not wait for a vCPU, and
 * nothing was stolen meanwhile that would explain it. {@link #open}, {@link #nap} and {@link #close} are for one thread,
 * {@link #take} is for any.
 */
final class StopWatch {

    /** A stop is known to a nap: it may have begun as soon as the nap did. */
    static final long NAP_NS = 50_000_000;

    /** Less than this is no stop: steal is counted in steps of 10 ms. */
    private static final long LEAST_NS = 50_000_000;

    private static final long NS_PER_MS = 1_000_000;

    private static final Comparator<Stop> MOST_FIRST =
            Comparator.comparingLong(Stop::leastNs).reversed();

    private final Capability<Natives> natives;
    private final StolenLately steal;
    private @Nullable NapTimer timer;
    private @Nullable SchedStat waits;
    private @Nullable Late seen;

    private @Nullable String unknown = "the watching thread has not begun";
    private final List<Stop> stops = new ArrayList<>();
    private long leftOut;

    /** Told by a nap, and judged after the next: by then the vCPU that ended it has booked its steal. */
    private record Late(long endMs, long endNs, long lateNs, long napNs, long runDelayNs) {}

    StopWatch(Capability<Natives> natives, StolenLately steal) {
        this.natives = natives;
        this.steal = steal;
    }

    /** Begins, for the calling thread. */
    void open() {
        Capability<NapTimer> opened = natives.then(NapTimer::open);
        if (opened instanceof Capability.Available<NapTimer> there) {
            timer = there.value();
            waits = natives.then(n -> new SchedStats(n, new Descriptors(1)).open())
                            instanceof Capability.Available<SchedStat> stat
                    ? stat.value()
                    : null;
            tellUnknown(null);
        } else {
            Capability.Unavailable<NapTimer> not = (Capability.Unavailable<NapTimer>) opened;
            tellUnknown("not watched: " + not.reason() + (not.remedy().isEmpty() ? "" : "; remedy: " + not.remedy()));
        }
    }

    private synchronized void tellUnknown(@Nullable String why) {
        unknown = why;
    }

    /** Sleeps, for a {@link #NAP_NS} at most. */
    void nap(long ns) throws InterruptedException {
        NapTimer napTimer = timer;
        long napNs = Math.max(2 * NapTimer.STEP_NS, Math.min(ns, NAP_NS));
        if (napTimer == null) {
            TimeUnit.NANOSECONDS.sleep(napNs);
            return;
        }
        long waitedNs = runDelayNs();
        long lateNs = napTimer.nap(napNs);
        if (seen != null) {
            judge(seen);
            seen = null;
        }
        if (lateNs == NapTimer.UNKNOWN) {
            TimeUnit.NANOSECONDS.sleep(napNs); // it may have failed at once
        } else if (lateNs >= LEAST_NS) {
            long nowWaitedNs = runDelayNs();
            long runDelayNs = waitedNs < 0 || nowWaitedNs < 0 ? -1 : nowWaitedNs - waitedNs;
            seen = new Late(System.currentTimeMillis(), System.nanoTime(), lateNs, napNs, runDelayNs);
        }
    }

    private long runDelayNs() {
        SchedStat known = waits;
        return known == null ? -1 : known.runDelayNs();
    }

    private void judge(Late late) {
        long stolenNs = steal.stolenNs(System.nanoTime() - late.endNs + late.lateNs + late.napNs);
        // A thread's run delay holds what was stolen from the vCPU it waited for, so this may subtract that twice.
        long leastNs = late.lateNs - Math.max(0, late.runDelayNs) - Math.max(0, stolenNs);
        if (leastNs >= LEAST_NS) {
            add(new Stop(
                    late.endMs - (late.lateNs + late.napNs) / NS_PER_MS,
                    leastNs,
                    late.lateNs + late.napNs,
                    late.runDelayNs < 0 ? null : Long.valueOf(late.runDelayNs),
                    stolenNs < 0 ? null : Long.valueOf(stolenNs)));
        }
    }

    private synchronized void add(Stop stop) {
        stops.add(stop);
        stops.sort(MOST_FIRST);
        if (stops.size() > Stops.MOST) {
            stops.remove(Stops.MOST);
            leftOut++;
        }
    }

    /** What was seen since this was last asked. */
    synchronized Stops take() {
        Stops taken = new Stops(unknown, List.copyOf(stops), leftOut);
        stops.clear();
        leftOut = 0;
        return taken;
    }

    void close() {
        if (timer != null) {
            timer.close();
            timer = null;
        }
        if (waits != null) {
            waits.close();
            waits = null;
        }
    }
}
