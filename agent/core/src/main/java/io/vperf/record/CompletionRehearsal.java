package io.vperf.record;

import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Log;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * As {@link Rehearsal}, for what methods need that are measured up to the completion of what they return. Only if there are any: it is done by the thread
 * that loads the first of them.
 */
public final class CompletionRehearsal {

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private CompletionRehearsal() {}

    /** Takes a millisecond or so on the calling thread, the first time. */
    public static void once() {
        if (!DONE.compareAndSet(false, true)) {
            return;
        }
        Health health = new Health(new Log(Log.stderr(), Log.Level.OFF));
        MethodTable methods = new MethodTable(1, health);
        int method = methods.register("rehearsal");
        WallClock wall = new WallClock() {
            @Override
            public long nowNs() {
                return System.nanoTime();
            }
        };
        Completions completions = new Completions(methods, wall, health, 2);
        CompletionStats stats = new CompletionStats("rehearsal", method);
        CompletableFuture<String> future = new CompletableFuture<>();
        completions.watch(future, stats, wall.nowNs(), 1);
        future.complete("");
        CompletableFuture<String> failed = new CompletableFuture<>();
        completions.watch(failed, stats, wall.nowNs(), 1);
        failed.completeExceptionally(new IllegalStateException());
        new MeasuredPublisher<>(new Nothing(), completions, stats, 1).subscribe(new Nobody());
        completions.take(new ArrayList<>());
    }

    private static final class Nothing implements Flow.Publisher<String> {
        @Override
        public void subscribe(Flow.Subscriber<? super String> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
            subscriber.onComplete();
        }
    }

    private static final class Nobody implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(String item) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }
}
