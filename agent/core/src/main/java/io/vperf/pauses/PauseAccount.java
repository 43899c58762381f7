package io.vperf.pauses;

import io.vperf.clock.WallClock;
import io.vperf.health.Log;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the log and holds it against the counters, as {@link Pauses} says. One thread at a time. */
final class PauseAccount {

    /** The VM thread may be kept from running between a pause and its line. */
    static final long PATIENCE_NS = 1_000_000_000;

    /** Of the counted time: it is raised after the end, and holds what it took to stop the sampler, who was still running. */
    static final long COUNTED_LATE_NS = 1_000_000;

    private static final int MOST_TRIES = 10;

    private final @Nullable PauseCounters counters;
    private final WallClock clock;
    private final WallOffset offset;
    private final Log log;
    private final PauseTimeline timeline;

    private @Nullable PauseLog lines;
    private PauseTally tally = new PauseTally();
    private long offsetNs;
    private long sampledNs;
    private long longestSampleNs;
    private long takenUntilNs;
    private long coveredUntilNs;

    /** What the counters would show if they counted what was booked so far. */
    private long bookedCount;

    private long bookedTimeNs;

    /** What the counters showed when they were first seen ahead of the lines, or -1. */
    private long awaitedCount = -1;

    private long awaitedSinceNs;

    /** Pauses that ended before were booked or left out, whether or not a line comes. */
    private long doneUntilNs;

    /** Pauses that ended before this are left out. */
    PauseAccount(
            @Nullable PauseLog lines,
            @Nullable PauseCounters counters,
            WallClock clock,
            WallOffset offset,
            Log log,
            int capacity) {
        this.lines = lines;
        this.counters = counters;
        this.clock = clock;
        this.offset = offset;
        this.log = log;
        doneUntilNs = begin();
        long nowNs = clock.nowNs();
        timeline = new PauseTimeline(capacity, nowNs);
        sampledNs = nowNs;
        takenUntilNs = nowNs;
        coveredUntilNs = nowNs;
    }

    /** Lets lines and counters begin at the same pause; tells a time before it. */
    private long begin() {
        long beganNs = clock.nowNs();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            beganNs = clock.nowNs();
            bookedCount = counters == null ? 0 : counters.count();
            bookedTimeNs = counters == null ? 0 : counters.timeNs();
            readLines(pause -> {});
            if (counters == null || counters.count() == bookedCount) {
                break;
            }
        }
        return beganNs;
    }

    private void readLines(Consumer<Pause> taker) {
        PauseLog open = lines;
        if (open == null) {
            return;
        }
        try {
            open.read(taker);
        } catch (IOException e) {
            lines = null;
            open.close();
            log.info("the JVM's safepoint log is given up for this run: " + e.getMessage()
                    + (counters == null
                            ? "; pauses are unknown from now on"
                            : "; of pauses only number and length are known from now on"));
        }
    }

    void sample() {
        offsetNs = offset.ns();
        long nowNs = clock.nowNs();
        // Before the lines, so that these hold whatever the counters tell of. While this runs no safepoint is in
        // progress.
        long count = counters == null ? 0 : counters.count();
        long timeNs = counters == null ? 0 : counters.timeNs();
        readLines(this::book);
        if (counters == null) {
            coveredUntilNs = lines == null ? coveredUntilNs : sampledNs;
        } else if (lines == null) {
            bookCounted(nowNs, count, timeNs);
        } else {
            compare(nowNs, count, timeNs);
        }
        longestSampleNs = Math.max(longestSampleNs, nowNs - sampledNs);
        sampledNs = nowNs;
    }

    private void book(Pause byNanoTime) {
        Pause pause = byNanoTime.shifted(offsetNs);
        if (pause.endNs() - doneUntilNs <= 0) {
            return;
        }
        bookedCount++;
        bookedTimeNs += pause.lengthNs();
        timeline.add(pause);
        tally.add(pause);
    }

    private void compare(long nowNs, long count, long timeNs) {
        if (awaitedCount >= 0 && bookedCount >= awaitedCount) {
            coveredUntilNs = awaitedSinceNs;
            awaitedCount = -1;
        }
        if (bookedCount >= count) {
            coveredUntilNs = nowNs;
            if (bookedCount == count) {
                bookedTimeNs = timeNs; // the two differ by some 100 ns a pause, which must not add up
            }
        } else if (awaitedCount < 0) {
            awaitedCount = count;
            awaitedSinceNs = nowNs;
        } else if (nowNs - awaitedSinceNs > PATIENCE_NS) {
            giveUpAwaited(nowNs, timeNs);
        }
    }

    private void giveUpAwaited(long nowNs, long timeNs) {
        bookUnplaced(coveredUntilNs, nowNs, awaitedCount - bookedCount, timeNs - bookedTimeNs);
        log.once(
                "pauses lost",
                "the JVM's safepoint log lacks pauses that the JVM has counted: it was ended (jcmd VM.log disable), or lost"
                        + " lines (-Xlog:async); of these only number and length are known (not repeated)");
        bookedCount = awaitedCount;
        bookedTimeNs = timeNs;
        coveredUntilNs = awaitedSinceNs;
        doneUntilNs = awaitedSinceNs;
        awaitedCount = -1;
    }

    private void bookCounted(long nowNs, long count, long timeNs) {
        if (count != bookedCount || timeNs != bookedTimeNs) {
            bookUnplaced(coveredUntilNs - COUNTED_LATE_NS, nowNs, count - bookedCount, timeNs - bookedTimeNs);
        }
        bookedCount = count;
        bookedTimeNs = timeNs;
        coveredUntilNs = nowNs;
    }

    /** The counted time may be behind the count, or ahead of the lines: it stays within what there is room for. */
    private void bookUnplaced(long fromNs, long toNs, long count, long timeNs) {
        long boundedNs = Math.max(0, Math.min(timeNs, toNs - fromNs));
        timeline.addUnplaced(fromNs, toNs, boundedNs);
        tally.addUnplaced(count, boundedNs);
    }

    long coveredUntilNs() {
        return coveredUntilNs;
    }

    Overlap overlap(long fromNs, long toNs) {
        return toNs - coveredUntilNs > 0 ? Overlap.UNKNOWN : timeline.overlap(fromNs, toNs);
    }

    PauseInterval takeInterval() {
        PauseInterval taken = tally.interval(takenUntilNs, coveredUntilNs);
        tally = new PauseTally();
        takenUntilNs = coveredUntilNs;
        return taken;
    }

    /** The longest stretch between two samples so far. */
    long longestSampleNs() {
        return longestSampleNs;
    }

    boolean hasLog() {
        return lines != null;
    }

    long overwritten() {
        return timeline.overwritten();
    }

    void close() {
        PauseLog open = lines;
        lines = null;
        if (open != null) {
            open.close();
        }
    }
}
