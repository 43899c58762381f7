package io.vperf.clock;

import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * CLOCK_MONOTONIC from the processor's time counter. Read by every probe, on any thread; disciplined by the sampler.
 *
 * <p>The ticks are turned into nanoseconds by {@link Segment}s. A correction changes the rate from the promised end of
 * the current segment on, at most by {@value #SLEW_PPM} ppm of the rate just measured, and never steps. Since a segment
 * says nothing about ticks behind its end, no two threads can ever hold different opinions of a tick, however long one of
 * them was kept from running: as long as the counter does not go back, neither does this clock, for any thread.
 * Where the sampler is late, the first reader behind the end prolongs the line.
 *
 * <p>The clock keeps to CLOCK_MONOTONIC within 10 us + 4,000 ppm of the longest time between disciplines while NTP slews the
 * latter within ±500 ppm, and to the width of a reading where it does not.
 *
 * <p>What it disagrees about beyond that is no slewing but a counter that jumped or changed its rate: then the counter is
 * given up for good, counted and named, and {@link System#nanoTime()} answers. Nothing can mend the readings between the
 * jump and its discovery: calls in flight over the jump have it in their wall time. After a jump forward the clock stays
 * ahead by it, so that it does not step back (what a reader preempted in the middle of a reading answers late may
 * be ahead by some tens of nanoseconds plus the counter's error of rate over that while); after a jump back the
 * clock itself went back at the jump, which the recorder counts as a clock that ran backwards, and now steps forward.
 */
final class TscClock implements WallClock {

    /** Of the measured rate: what two disciplines can have been wrong by, each by {@link CounterWatch#RATE_PPM}. */
    static final int SLEW_PPM = 2_000;

    private static final int TRIES = 5;
    private static final double PPM = 1e-6;
    private static final VarHandle SEGMENT;

    static {
        try {
            SEGMENT = MethodHandles.lookup().findVarHandle(TscClock.class, "segment", Segment.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongSupplier counter;
    private final LongSupplier monotonic;
    private final Health health;
    private final Log log;
    private final CounterWatch watch;

    /** Null once the counter is given up. Every replacement is a compare-and-set of the one before. */
    private volatile @Nullable Segment segment;

    /** Written before {@link #segment} becomes null, read after it was seen to be. */
    private long liftNs;

    /** By how much readers prolong a segment. A reader may see an older value. */
    private volatile long prolongTicks;

    /**
     * Goes on from a calibration.
     *
     * @param counter one class per run: it is called from {@link #nowNs}
     * @param monotonic {@link System#nanoTime()} in production
     * @param start of the calibration
     * @param end of it, milliseconds later; its rate must be below {@link Segment#MOST_NS_PER_TICK}
     */
    TscClock(LongSupplier counter, LongSupplier monotonic, TickPair start, TickPair end, Health health, Log log) {
        this.counter = counter;
        this.monotonic = monotonic;
        this.health = health;
        this.log = log;
        this.watch = new CounterWatch(start, end);
        this.prolongTicks = watch.periodTicks();
        this.segment = Segment.first(end, watch.nsPerTick(), prolongTicks);
    }

    @Override
    public long nowNs() {
        Segment s = segment;
        if (s == null) {
            return monotonic.getAsLong() + liftNs;
        }
        long ticks = counter.getAsLong();
        return ticks - s.startTicks < s.lengthTicks ? s.ns(ticks) : prolonged(s, ticks);
    }

    /** Nobody has answered for a tick behind the end yet: who sets the next segment decides. */
    private long prolonged(Segment ended, long ticks) {
        Segment s = ended;
        while (s != null) {
            if (ticks - s.startTicks < s.lengthTicks) {
                return s.ns(ticks);
            }
            Segment longer = s.prolonged(ticks + prolongTicks);
            s = SEGMENT.compareAndSet(this, s, longer) ? longer : segment;
        }
        return monotonic.getAsLong() + liftNs;
    }

    @Override
    public synchronized void discipline() {
        if (segment == null) {
            return;
        }
        TickPair now = TickPair.tightest(counter, monotonic, TRIES);
        if (!watch.isDue(now)) {
            return;
        }
        String distrust = watch.judge(now);
        if (distrust != null) {
            giveUp(distrust);
            return;
        }
        prolongTicks = watch.periodTicks();
        steer(now, watch.periodTicks(), watch.nsPerTick());
    }

    /** Aims at where CLOCK_MONOTONIC will be half a period after the next discipline, if the rate just measured lasts. */
    private void steer(TickPair now, long periodTicks, double nsPerTick) {
        long endTicks = now.ticks() + periodTicks + periodTicks / 2;
        while (true) {
            Segment s = segment;
            // A reader may hold the next segment from now on, and that must still know the tick the reader got.
            if (s == null || now.ticks() - s.startTicks < periodTicks / 100) {
                return;
            }
            long freeTicks = endTicks - s.endTicks();
            if (freeTicks < periodTicks / 4) {
                return; // promised that far already
            }
            double aimNs = now.ns() - s.ns(s.endTicks()) + (endTicks - now.ticks()) * nsPerTick;
            double most = nsPerTick * SLEW_PPM * PPM;
            double rate = Math.max(nsPerTick - most, Math.min(nsPerTick + most, aimNs / freeTicks));
            if (SEGMENT.compareAndSet(this, s, s.then(rate, nsPerTick, endTicks))) {
                return;
            }
        }
    }

    private void giveUp(String why) {
        for (Segment s = segment; s != null; s = segment) {
            long beforeNs = monotonic.getAsLong();
            liftNs = Math.max(0, s.ns(counter.getAsLong()) - beforeNs);
            if (SEGMENT.compareAndSet(this, s, null)) {
                break;
            }
        }
        health.count(Trouble.CLOCK_DEMOTED);
        log.info("the processor's time counter is given up for this run: " + why
                + "; wall times come from System.nanoTime() from now on");
    }

    boolean isGivenUp() {
        return segment == null;
    }
}
