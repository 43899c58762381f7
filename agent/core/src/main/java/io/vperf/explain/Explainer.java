package io.vperf.explain;

import io.vperf.clock.ThreadClock;
import io.vperf.platform.KernelKind;
import io.vperf.steal.LongCall;
import io.vperf.steal.NestedCalls;
import io.vperf.steal.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts together where a long call's time went. Used by the thread that settles calls; calls of one thread come in the order of
 * their ends.
 *
 * <p>On a kernel whose CPU time excludes steal a call's parts are: its CPU time, which ran; what was stolen; what is left of schedstat's
 * run delay without what was stolen from the vCPU or throttled while the thread waited, as it holds both; and the rest, blocked.
 * Where CPU time includes steal, what was stolen on the CPU comes out of that.
 */
public final class Explainer {

    private static final long UNKNOWN = ThreadClock.UNKNOWN;

    private final @Nullable Throttles throttles;
    private final @Nullable PauseWatch pauses;

    /** Run delay of callees. */
    private final NestedCalls delays = new NestedCalls(1);

    /** Throttled time of callees. */
    private final NestedCalls throttled = new NestedCalls(1);

    /** Run delay of calls that are not their callees', in the order of their claims. */
    private final Deque<Long> ownDelaysNs = new ArrayDeque<>();

    private final CallSplit split = new CallSplit();

    /**
     * @param throttles null where nobody can tell: then run delay holds what was throttled
     */
    public Explainer(@Nullable Throttles throttles) {
        this(throttles, null);
    }

    /**
     * As above.
     *
     * @param pauses null where nobody is to be asked
     */
    public Explainer(@Nullable Throttles throttles, @Nullable PauseWatch pauses) {
        this.throttles = throttles;
        this.pauses = pauses;
    }

    /** To be called before calls are explained that have ended by now. */
    public void sample(long nowNs) {
        if (throttles != null) {
            throttles.sample(nowNs);
        }
        if (pauses != null) {
            pauses.sample(nowNs);
        }
    }

    /** Calls are told of that share what they have in common; those of the last batch have all been explained. */
    public void batchBegins() {
        ownDelaysNs.clear();
        if (throttles != null) {
            throttles.timeline().forgetClaims();
        }
    }

    /**
     * Tells of a call that is going to be explained; of several all before the first one is, so that they share what they have in
     * common.
     */
    public void claim(LongCall call, @Nullable Verdict verdict, KernelKind kind, OffCpu off) {
        long ownNs = 0;
        if (begin(call, verdict, kind, off)) {
            long[] callees = delays.takeCalleesOf(call);
            long delayNs = split.ns(Part.RUN_DELAY);
            delays.add(call, delayNs);
            ownNs = Math.max(0, delayNs - (callees == null ? 0 : callees[0]));
        } else {
            passOn(call, delays);
        }
        ownDelaysNs.add(ownNs);
        if (throttles != null && ownNs > 0) {
            throttles.timeline().claim(call.entryNs(), call.exitNs(), ownNs);
        }
    }

    /**
     * Explains a call that was claimed, in that order; the answer holds until this is asked again.
     *
     * @param verdict what was stolen; null where steal is unknown
     * @param stolenMeanwhileNs the most that was stolen from all vCPUs together during the call, or {@link
     *     ThreadClock#UNKNOWN}
     */
    public CallSplit explain(
            LongCall call, @Nullable Verdict verdict, KernelKind kind, OffCpu off, long stolenMeanwhileNs) {
        long ownDelayNs = ownDelaysNs.remove();
        if (begin(call, verdict, kind, off)) {
            throttle(call, ownDelayNs);
            boolean stealKnown = verdict != null && verdict.kind() == Verdict.Kind.CORRECTED;
            block(call, off, kind == KernelKind.EXCLUDES && !stealKnown);
            overlays(stolenMeanwhileNs);
        } else {
            passOn(call, throttled);
        }
        return split;
    }

    /** All parts that need no look at other calls; false if no more can be told. */
    private boolean begin(LongCall call, @Nullable Verdict verdict, KernelKind kind, OffCpu off) {
        split.begin(call.wallNs());
        if (pauses != null) {
            split.setPausedNs(pauses.pausedNs(call.entryNs(), call.exitNs()));
        }
        boolean stealKnown = verdict != null && verdict.kind() == Verdict.Kind.CORRECTED;
        long stolenNs = stealKnown && verdict != null ? verdict.stolenNs() : 0;
        long onCpuStolenNs = stealKnown && verdict != null ? verdict.onCpuNs() : 0;
        split.take(Part.STOLEN, stolenNs);
        if (call.cpuNs() == UNKNOWN) {
            split.take(Part.UNKNOWN, split.leftNs());
            return false;
        }
        boolean excludes = kind == KernelKind.EXCLUDES;
        split.take(
                stealKnown || excludes ? Part.RUNNING : Part.RUNNING_OR_STOLEN,
                excludes ? call.cpuNs() : call.cpuNs() - onCpuStolenNs);
        split.take(Part.UNMOUNTED, off.unmountedNs());
        long queuedStolenNs = stolenNs - onCpuStolenNs;
        split.take(Part.RUN_DELAY, off.runDelayNs() - queuedStolenNs);
        split.take(Part.OFF_CPU, off.unaskedNs() - Math.max(0, queuedStolenNs - off.runDelayNs()));
        return true;
    }

    /** Of a call nothing is known; what was found in its callees still belongs to its callers. */
    private static void passOn(LongCall call, NestedCalls of) {
        long[] callees = of.takeCalleesOf(call);
        if (callees != null) {
            of.add(call, callees);
        }
    }

    private void throttle(LongCall call, long ownDelayNs) {
        long[] callees = throttled.takeCalleesOf(call);
        long delayNs = split.ns(Part.RUN_DELAY);
        long ofCalleesNs = callees == null ? 0 : Math.min(delayNs, callees[0]);
        long givenNs = throttles == null
                ? 0
                : throttles
                        .timeline()
                        .give(call.entryNs(), call.exitNs(), ownDelayNs, Math.min(ownDelayNs, delayNs - ofCalleesNs));
        split.move(Part.RUN_DELAY, Part.THROTTLED, ofCalleesNs + givenNs);
        throttled.add(call, ofCalleesNs + givenNs);
    }

    /**
     * @param mayBeStolen whether what nobody has a reason for may have been stolen
     */
    private void block(LongCall call, OffCpu off, boolean mayBeStolen) {
        if (call.waitedNs() != UNKNOWN) {
            // Neither charged nor switched out: interrupts, or steal that the counters do not bear out.
            long delayNs = split.ns(Part.RUN_DELAY) + split.ns(Part.THROTTLED);
            split.take(Part.OFF_CPU, split.leftNs() - Math.max(0, call.waitedNs() - delayNs - off.unmountedNs()));
        }
        if (!off.mayHaveBlocked()) {
            split.take(Part.OFF_CPU, split.leftNs());
        }
        // The JVM counts in milliseconds, and who is woken from Object.wait as blocked until it runs: that is run
        // delay, too.
        long tooMuchNs = Math.max(0, off.monitorNs() + off.waitingNs() - split.leftNs());
        split.take(Part.MONITOR, off.monitorNs() - tooMuchNs);
        split.take(Part.WAITING, off.waitingNs());
        split.take(mayBeStolen ? Part.OFF_CPU : Part.BLOCKED, split.leftNs());
    }

    private void overlays(long stolenMeanwhileNs) {
        if (stolenMeanwhileNs != UNKNOWN) {
            long blockedNs = split.ns(Part.MONITOR) + split.ns(Part.WAITING) + split.ns(Part.BLOCKED);
            split.setBlockedWhileStolenNs(Math.min(blockedNs, stolenMeanwhileNs));
        }
    }

    /** A thread has ended and none of its calls is still to come. */
    public void threadEnded(long thread) {
        delays.forget(thread);
        throttled.forget(thread);
    }

    /** Whether no throttling is known of in a stretch of time. */
    public boolean isFreeOfThrottling(long fromNs, long toNs) {
        return throttles == null || throttles.timeline().isFree(fromNs, toNs);
    }

    /** Whether all is known that is to be known of a call that ended then. */
    public boolean isCovered(long exitNs) {
        return pauses == null || pauses.isCovered(exitNs);
    }

    /**
     * What has become known of pauses since this was asked last; null where nobody can tell.
     *
     * @param epochMs milliseconds since the epoch of a wall time
     */
    public @Nullable Paused takePaused(LongUnaryOperator epochMs) {
        return pauses == null ? null : pauses.take(epochMs);
    }

    /** What quotas have cost since the start; null where nobody can tell. */
    public @Nullable Throttled throttled() {
        return throttles == null ? null : throttles.totals();
    }

    /** The run is about to end: nothing is begun any more. */
    public void ends() {
        if (pauses != null) {
            pauses.ends();
        }
    }

    /** Reads nothing any more. */
    public void close() {
        if (throttles != null) {
            throttles.close();
        }
        if (pauses != null) {
            pauses.close();
        }
    }
}
