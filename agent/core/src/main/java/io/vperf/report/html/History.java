package io.vperf.report.html;

import io.vperf.explain.Paused;
import io.vperf.explain.Throttled;
import io.vperf.record.IntervalSnapshot;
import io.vperf.steal.VcpuSteal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What held one run back, interval by interval. Counters are sums since the run's start, so what an interval adds is a difference. */
final class History {

    /** Of the run; all are in the dump. */
    private static final int LONGEST_PAUSES = 20;

    private static final long NS_PER_MS = 1_000_000;
    private static final double PPM = 1e6;

    private final List<Moment> moments = new ArrayList<>();
    private final List<Paused.One> pauses = new ArrayList<>();
    private @Nullable String pauseSource;
    private long pauseCount;
    private long pausedNs;
    private long gcCount;
    private long gcNs;

    /** An interval, and the counters at its end. */
    private record Moment(
            long startMs,
            long endMs,
            @Nullable List<VcpuSteal> vcpus,
            @Nullable Throttled throttled,
            @Nullable Long pausedNs) {

        long lengthNs() {
            return (endMs - startMs) * NS_PER_MS;
        }
    }

    /** Parts per million of time, cell by cell. */
    record Shares(Map<Integer, Series> stolen, Series throttled, Series paused) {}

    void add(IntervalSnapshot snapshot) {
        Paused paused = snapshot.jvm().paused();
        moments.add(new Moment(
                snapshot.startMs(),
                snapshot.endMs(),
                snapshot.vcpus(),
                snapshot.jvm().throttled(),
                paused == null ? null : Long.valueOf(paused.totalNs())));
        if (paused == null) {
            return;
        }
        pauseSource = paused.source();
        pauseCount += paused.count();
        pausedNs += paused.totalNs();
        gcCount += paused.gcCount();
        gcNs += paused.gcNs();
        pauses.addAll(paused.longest());
        pauses.sort(Comparator.comparingLong(Paused.One::lengthNs).reversed());
        pauses.subList(Math.min(LONGEST_PAUSES, pauses.size()), pauses.size()).clear();
    }

    /** All pauses of the run; null where nobody can tell. */
    @Nullable
    Paused pauses() {
        String source = pauseSource;
        return source == null
                ? null
                : new Paused(source, pauseCount, pausedNs, gcCount, gcNs, 0, 0, List.copyOf(pauses));
    }

    /**
     * The intervals' starts and ends, milliseconds since the epoch.
     *
     * @param times where each is added as an array of two
     */
    void times(List<long[]> times) {
        moments.forEach(m -> times.add(new long[] {m.startMs(), m.endMs()}));
    }

    /**
     * What each interval adds.
     *
     * @param startedMs when the run began, so that the first interval's sums are its own; null where unknown
     */
    Shares shares(Grid grid, @Nullable Long startedMs) {
        moments.sort(Comparator.comparingLong(Moment::startMs).thenComparingLong(Moment::endMs));
        Shares shares = new Shares(new TreeMap<>(), new Series(grid), new Series(grid));
        Moment before = null;
        for (Moment m : moments) {
            Long ownPausedNs = m.pausedNs();
            if (ownPausedNs != null && m.lengthNs() > 0) {
                shares.paused.add(m.startMs(), ppm(ownPausedNs, m.lengthNs()));
            }
            boolean first = startedMs != null && m.startMs() <= startedMs;
            boolean next = before != null && before.endMs() == m.startMs();
            if (m.lengthNs() > 0 && (first || next)) {
                stolen(m, first ? null : before, grid, shares.stolen);
                throttled(m, first ? null : before, shares.throttled);
            }
            before = m;
        }
        return shares;
    }

    /** A vCPU that was not watched before begins at 0. */
    private static void stolen(Moment m, @Nullable Moment before, Grid grid, Map<Integer, Series> series) {
        if (m.vcpus() == null || (before != null && before.vcpus() == null)) {
            return;
        }
        Map<Integer, VcpuSteal> earlier = new HashMap<>();
        if (before != null && before.vcpus() != null) {
            before.vcpus().forEach(v -> earlier.put(v.vcpu(), v));
        }
        for (VcpuSteal v : m.vcpus()) {
            VcpuSteal was = earlier.get(v.vcpu());
            long stolenNs = v.stolenNs() - (was == null ? 0 : was.stolenNs());
            long watchedNs = v.watchedNs() - (was == null ? 0 : was.watchedNs());
            if (watchedNs > 0 && stolenNs >= 0) {
                series.computeIfAbsent(v.vcpu(), vcpu -> new Series(grid)).add(m.startMs(), ppm(stolenNs, watchedNs));
            }
        }
    }

    private static void throttled(Moment m, @Nullable Moment before, Series series) {
        if (m.throttled() == null || (before != null && before.throttled() == null)) {
            return;
        }
        long wasNs = before == null || before.throttled() == null
                ? 0
                : before.throttled().throttledNs();
        long ns = m.throttled().throttledNs() - wasNs;
        if (ns >= 0) {
            series.add(m.startMs(), ppm(ns, m.lengthNs()));
        }
    }

    private static long ppm(long part, long whole) {
        return Math.round(PPM * part / whole);
    }
}
