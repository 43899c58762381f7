package io.vperf.record;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Follows what methods marked {@code until = COMPLETION} return to its completion. Called by application threads: those that
 * return, after the call's own end was recorded, and those that complete.
 *
 * <p>A completion is an interval of wall time and no more: any number of threads work for it, and for others meanwhile, so its CPU
 * time, what was stolen from it and its self time are nobody's to know. So it has a name of its own beside its method's.
 */
final class Completions {

    static final String COMPLETION = " [completion]";
    static final String SUBSCRIPTION = " [subscription]";

    private final MethodTable methods;
    private final WallClock wallClock;
    private final Health health;
    private final OpenCompletions open;
    private final Map<Integer, CompletionStats> byMethod = new ConcurrentHashMap<>();
    private final Map<Integer, CompletionStats> subscriptionsByMethod = new ConcurrentHashMap<>();

    /**
     * @param capacity how many may be open at a time
     */
    Completions(MethodTable methods, WallClock wallClock, Health health, int capacity) {
        this.methods = methods;
        this.wallClock = wallClock;
        this.health = health;
        this.open = new OpenCompletions(health, capacity);
    }

    /** See {@link ProbeHandler#exitWithStage}. */
    void exitWithStage(CallRecorder recorder, @Nullable Object frame, @Nullable Object returned) {
        Frame f = (Frame) frame;
        if (f == null || !CallRecorder.isOpen(f)) {
            recorder.exit(frame, null);
            return;
        }
        // The frame is the next call's as soon as this one has ended.
        int methodId = f.methodId();
        long entryNs = f.entryNs;
        long weight = CallWords.weight(f.word);
        recorder.exit(frame, null);
        CompletionStats stats = stats(byMethod, methodId, COMPLETION);
        if (returned == null) {
            complete(stats, entryNs, weight, false);
        } else if (returned instanceof CompletionStage<?> stage) {
            watch(stage, stats, entryNs, weight);
        } else {
            refuse(
                    stats,
                    returned.getClass(),
                    returned instanceof Flow.Publisher<?>
                            ? ": a publisher can be watched only where the method declares to return java.util.concurrent.Flow.Publisher itself"
                            : ", which is no java.util.concurrent.CompletionStage");
        }
    }

    /** See {@link ProbeHandler#exitWithoutStage}. */
    void exitWithoutStage(CallRecorder recorder, @Nullable Object frame, Throwable thrown) {
        Frame f = (Frame) frame;
        if (f == null || !CallRecorder.isOpen(f)) {
            recorder.exit(frame, thrown);
            return;
        }
        int methodId = f.methodId();
        long entryNs = f.entryNs;
        long weight = CallWords.weight(f.word);
        recorder.exit(frame, thrown);
        complete(stats(byMethod, methodId, COMPLETION), entryNs, weight, true);
    }

    /** See {@link ProbeHandler#exitWithPublisher}. */
    Flow.@Nullable Publisher<?> exitWithPublisher(
            CallRecorder recorder, @Nullable Object frame, Flow.@Nullable Publisher<?> returned) {
        Frame f = (Frame) frame;
        if (f == null || returned == null || !CallRecorder.isOpen(f)) {
            recorder.exit(frame, null);
            return returned;
        }
        int methodId = f.methodId();
        long weight = CallWords.weight(f.word);
        recorder.exit(frame, null);
        CompletionStats stats = stats(subscriptionsByMethod, methodId, SUBSCRIPTION);
        if (returned instanceof Flow.Subscriber<?>) {
            refuse(stats, returned.getClass(), ", a processor, which a wrapper would make a mere publisher");
            return returned;
        }
        return new MeasuredPublisher<>(returned, this, stats, weight);
    }

    /** With the end of the call itself. */
    private void complete(CompletionStats stats, long entryNs, long weight, boolean failed) {
        long nowNs = wallClock.nowNs();
        StackRoom.ensure();
        record(stats, nowNs - entryNs, weight, failed);
    }

    void watch(CompletionStage<?> stage, CompletionStats stats, long entryNs, long weight) {
        StackRoom.ensure();
        CompletionHook hook = new CompletionHook(this);
        OpenCompletion added = open.add(hook, stats, entryNs, weight);
        if (added == null) {
            return;
        }
        hook.open = added;
        try {
            // Not whenComplete: of a stage that fails that makes another exception, with its stack, for nobody.
            stage.handle(hook);
        } catch (Throwable e) {
            if (open.remove(added)) {
                refuse(
                        stats,
                        stage.getClass(),
                        ", whose handle(…) threw ".concat(e.getClass().getName()));
            }
        }
    }

    /** What is to be subscribed in place of a subscriber; null: itself. Throws nothing. */
    <T> @Nullable MeasuredSubscriber<T> subscribes(
            Flow.Subscriber<? super T> subscriber, CompletionStats stats, long weight) {
        try {
            MeasuredSubscriber<T> measured = new MeasuredSubscriber<>(subscriber, this);
            measured.open = open.add(measured, stats, wallClock.nowNs(), weight);
            return measured.open == null ? null : measured;
        } catch (Throwable e) {
            suppress(e);
            return null;
        }
    }

    /**
     * A completion, or the end of a subscription. The first one counts. Throws nothing: it runs in the midst of the application.
     *
     * @param ended null: nobody waited for it
     */
    void end(@Nullable OpenCompletion ended, boolean failed) {
        try {
            long nowNs = wallClock.nowNs();
            if (ended != null) {
                StackRoom.ensure(); // else it might be removed and not recorded
                if (open.remove(ended)) {
                    record(ended.stats, nowNs - ended.beganNs, ended.weight, failed);
                }
            }
        } catch (Throwable e) {
            suppress(e);
        }
    }

    private void record(CompletionStats stats, long wallNs, long weight, boolean failed) {
        if (wallNs < 0) {
            health.count(Trouble.CLOCK_BACKWARDS);
            return;
        }
        stats.add(wallNs, weight, failed);
    }

    private void refuse(CompletionStats stats, Class<?> returned, String why) {
        health.count(Trouble.COMPLETIONS_REFUSED);
        if (!stats.refusalTold) {
            stats.refusalTold = true;
            // Not by +: that makes classes.
            health.tellLater(methods.get(stats.methodId())
                    .name()
                    .concat(" is marked until = COMPLETION and has returned a ")
                    .concat(returned.getName())
                    .concat(why)
                    .concat("; such calls are measured to their return"
                            + " (told once for each name; completionsRefused counts them)"));
        }
    }

    private void suppress(Throwable error) {
        try {
            if (error instanceof StackOverflowError) {
                health.count(Trouble.STACK_FULL);
            } else {
                health.suppress("at a completion", error);
            }
        } catch (Throwable again) {
            // The stack is full. What was open stays so until it is collected.
        }
    }

    private CompletionStats stats(Map<Integer, CompletionStats> of, int methodId, String kind) {
        CompletionStats known = of.get(methodId);
        if (known != null) {
            return known;
        }
        CompletionStats made = new CompletionStats(methods.get(methodId).name() + kind, methodId);
        CompletionStats first = of.putIfAbsent(methodId, made);
        return first == null ? made : first;
    }

    /** Ends the interval and begins the next: adds what is known, by the number of the method. Called by the dumper. */
    void take(List<MethodInterval> to) {
        open.dropCollected();
        open.tell(wallClock.nowNs());
        take(byMethod, to);
        take(subscriptionsByMethod, to);
    }

    private void take(Map<Integer, CompletionStats> from, List<MethodInterval> to) {
        for (CompletionStats stats : new TreeMap<>(from).values()) {
            MethodStats method = methods.get(stats.methodId());
            int factor;
            method.lock.lock();
            try {
                factor = method.samplingFactor();
            } finally {
                method.lock.held = false;
                method.lock.wake();
            }
            MethodInterval taken = stats.take(factor);
            if (taken != null) {
                to.add(taken);
            }
        }
    }
}
