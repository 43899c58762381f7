package io.vperf.record;

import io.vperf.clock.OffCpuTimes;
import io.vperf.clock.VcpuClock;
import io.vperf.counters.CallCounters.ThreadReader;
import io.vperf.explain.CallSplit;
import io.vperf.explain.Explainer;
import io.vperf.explain.OffCpu;
import io.vperf.explain.SlowCall;
import io.vperf.explain.SlowRule;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.platform.KernelKind;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How a run's long calls are explained: what is written down of them on their own threads, and what is made of it by the thread that
 * settles them. The rest is {@link Explainer}'s.
 */
final class Explaining {

    /** In an interval, of all methods; some 1 kB each. */
    private static final int MOST_SLOW_CALLS = 5_000;

    private static final long NS_PER_MS = 1_000_000;

    private final Explainer explainer;
    private final SlowRule rule;
    private final MethodTable methods;
    private final List<String> counterNames;
    private final Health health;
    private final Slices slices;
    private final AtomicInteger slowCalls = new AtomicInteger();
    private volatile KernelKind kind = KernelKind.UNKNOWN;

    // The settling thread's own: of the call that it is just entering.
    private @Nullable CallSplit split;
    private @Nullable SlowCall slow;

    /** The same moment by two clocks. */
    private record Moment(long epochMs, long wallNs) {}

    private volatile Moment moment;

    Explaining(
            Explainer explainer,
            SlowRule rule,
            MethodTable methods,
            List<String> counterNames,
            Health health,
            long nowMs,
            long nowNs) {
        this.explainer = explainer;
        this.rule = rule;
        this.methods = methods;
        this.counterNames = counterNames;
        this.health = health;
        this.moment = new Moment(nowMs, nowNs);
        this.slices = new Slices(nowNs);
    }

    /** The settling thread's, with the sampler's monitor held. */
    Slices slices() {
        return slices;
    }

    /** Set by the dumper's thread, for the interval that begins now. */
    void setKernelKind(KernelKind now) {
        kind = now;
    }

    /** Whether what calls are charged surely holds no steal. */
    boolean excludesSteal() {
        return kind == KernelKind.EXCLUDES;
    }

    /** A new interval begins. */
    void intervalBegins(long nowMs, long nowNs) {
        moment = new Moment(nowMs, nowNs);
        slowCalls.set(0);
    }

    /**
     * A long call's frame has just been popped: asks what its thread was off the CPU for, as far as that is worth the call's length.
     * Called on that thread.
     *
     * @return what is to be kept of the call; null: it is not worth it
     */
    @Nullable
    SlowContext callEnds(Frame f, long exitNs) {
        long wallNs = exitNs - f.entryNs;
        OffCpuTimes.Sums before = WaitsBefore.offCpu(f);
        if (before != null) {
            f.thread.clock.offCpu().callEnds(before, wallNs, exitNs);
        }
        if (!rule.isAny() || !methods.get(f.methodId()).spent().slowGate(rule).admit(wallNs)) {
            return null;
        }
        if (slowCalls.incrementAndGet() > MOST_SLOW_CALLS) {
            health.count(Trouble.SLOW_CALLS_LEFT_OUT);
            leaveOut(f, wallNs);
            return null;
        }
        return new SlowContext(f);
    }

    /** The call was worth keeping, but is not kept. Called on its thread. */
    void leaveOut(Frame f, long wallNs) {
        methods.get(f.methodId()).spent().slowGate(rule).leaveOut(wallNs);
    }

    /** To be called before calls are explained that have ended by now. */
    void sample(long nowNs) {
        explainer.sample(nowNs);
    }

    /** Calls are told of that belong together, see {@link Explainer#batchBegins}. */
    void batchBegins() {
        explainer.batchBegins();
    }

    /** Tells of a call that is going to be explained, see {@link Explainer#claim}. */
    void claim(LongCall call, @Nullable Verdict verdict, OffCpu off) {
        explainer.claim(call, verdict, kind, off);
    }

    /**
     * Finds out where a call's time went; {@link #addTo} follows.
     *
     * @param verdict what was stolen; null where steal is unknown
     * @param context null if the call is not to be kept whole
     */
    void explain(
            StealJudge judge,
            LongCall call,
            long word,
            @Nullable Verdict verdict,
            @Nullable SlowContext context,
            OffCpu off) {
        CallSplit found = explainer.explain(call, verdict, kind, off, judge.stolenMeanwhileNs(call));
        split = found;
        slow = context == null ? null : slow(call, word, verdict, context, found);
    }

    /** Adds what was just found to what is known of the call's method, whose lock is held. */
    void addTo(MethodStats stats, long word) {
        CallSplit found = split;
        if (found != null) {
            stats.spent().add(word, found);
        }
        SlowCall kept = slow;
        if (kept != null) {
            stats.spent().addSlow(rule, kept);
        }
    }

    private SlowCall slow(LongCall call, long word, @Nullable Verdict verdict, SlowContext context, CallSplit split) {
        boolean corrected = verdict != null && verdict.kind() == Verdict.Kind.CORRECTED;
        List<String> callers = new ArrayList<>();
        for (int caller : context.callers) {
            callers.add(methods.get(caller).name());
        }
        return new SlowCall(
                epochMs(call.entryNs()),
                call.wallNs(),
                context.thread,
                context.threadNumber,
                vcpu(call.vcpuAtEntry()),
                vcpu(call.vcpuAtExit()),
                CallWords.is(word, CallWords.THROWN),
                CallWords.weight(word),
                corrected && verdict != null ? Long.valueOf(verdict.leastNs()) : null,
                corrected && verdict != null ? Long.valueOf(Math.min(verdict.mostNs(), call.wallNs())) : null,
                split.toWallSplit(),
                counters(context.counts),
                List.copyOf(callers),
                context.callersLeftOut);
    }

    private static @Nullable Integer vcpu(int number) {
        return number == VcpuClock.UNKNOWN ? null : Integer.valueOf(number);
    }

    private Map<String, Long> counters(long @Nullable [] counts) {
        Map<String, Long> known = new LinkedHashMap<>();
        for (int i = 0; counts != null && i < counterNames.size(); i++) {
            if (counts[i] != ThreadReader.UNKNOWN) {
                known.put(counterNames.get(i), counts[i]);
            }
        }
        return known;
    }

    /** Whether all is known that is to be known of a call that ended then. */
    boolean isCovered(LongCall call) {
        return explainer.isCovered(call.exitNs());
    }

    /** What held the JVM back in the interval that ends. */
    JvmInterval takeJvm(boolean stealKnown) {
        return new JvmInterval(
                explainer.throttled(), stealKnown ? slices.counts() : null, explainer.takePaused(this::epochMs));
    }

    private long epochMs(long wallNs) {
        Moment known = moment;
        return known.epochMs() + Math.floorDiv(wallNs - known.wallNs(), NS_PER_MS);
    }

    void threadEnded(long thread) {
        explainer.threadEnded(thread);
    }

    Explainer explainer() {
        return explainer;
    }
}
