package io.vperf.explain;

import io.vperf.clock.ThreadClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.pauses.Overlap;
import io.vperf.pauses.PauseInterval;
import io.vperf.pauses.PauseKind;
import io.vperf.pauses.Pauses;
import io.vperf.shim.Capability;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's pauses, opened when they are asked for first: that takes some 20 ms, which the thread that begins the run does not have.
 * Sampled and asked by the thread that settles calls, taken by the one that ends intervals.
 */
public final class PauseWatch implements AutoCloseable {

    /** A call waits no longer for what is known of pauses: it goes without. */
    private static final long PATIENCE_NS = 200_000_000;

    private final Supplier<Capability<Pauses>> opening;
    private final Health health;
    private boolean opened;
    private boolean closed;
    private @Nullable Pauses pauses;
    private long sampledNs;

    public PauseWatch(Supplier<Capability<Pauses>> opening, Health health) {
        this.opening = opening;
        this.health = health;
    }

    /** The run is about to end: what is not open yet is not opened any more. */
    synchronized void ends() {
        opened = true;
    }

    synchronized void sample(long nowNs) {
        sampledNs = nowNs;
        if (!opened && !closed) {
            opened = true;
            Capability<Pauses> answer = opening.get();
            if (answer instanceof Capability.Available<Pauses> there) {
                pauses = there.value();
            } else if (answer instanceof Capability.Unavailable<Pauses> not) {
                health.count(Trouble.PAUSES_UNKNOWN);
                health.tell(
                        Trouble.PAUSES_UNKNOWN,
                        "for how long the JVM is paused is unknown: " + not.reason()
                                + (not.remedy().isEmpty() ? "" : "; " + not.remedy()));
            }
        }
        Pauses known = pauses;
        if (known != null) {
            known.sample();
        }
    }

    /** Whether more will not become known of a call that ended then, or not soon. */
    synchronized boolean isCovered(long exitNs) {
        Pauses known = pauses;
        return known == null || known.coveredUntilNs() >= exitNs || sampledNs - exitNs > PATIENCE_NS;
    }

    /** For how long the JVM was paused within a stretch, at most; {@link ThreadClock#UNKNOWN} where nobody can tell. */
    synchronized long pausedNs(long fromNs, long toNs) {
        Pauses known = pauses;
        Overlap overlap = known == null ? Overlap.UNKNOWN : known.overlap(fromNs, toNs);
        return overlap.isKnown() ? overlap.atMostNs() : ThreadClock.UNKNOWN;
    }

    /**
     * What has become known since this was asked last; null where nobody can tell.
     *
     * @param epochMs milliseconds since the epoch of a wall time
     */
    synchronized @Nullable Paused take(LongUnaryOperator epochMs) {
        Pauses known = pauses;
        if (known == null) {
            return null;
        }
        PauseInterval taken = known.takeInterval();
        List<Paused.One> longest = taken.longest().stream()
                .map(pause -> new Paused.One(
                        epochMs.applyAsLong(pause.beginNs()),
                        pause.lengthNs(),
                        pause.kind() == PauseKind.GC,
                        pause.operation()))
                .toList();
        return new Paused(
                known.source(),
                taken.count(),
                taken.totalNs(),
                taken.gcCount(),
                taken.gcNs(),
                taken.unplacedCount(),
                taken.unplacedNs(),
                longest);
    }

    /** The JVM's log ends. */
    @Override
    public synchronized void close() {
        closed = true;
        if (pauses != null) {
            pauses.close();
        }
    }
}
