package io.vperf.record;

import java.util.concurrent.Flow;

/** A publisher of the application that tells of each of its subscriptions when it ended. All else is the application's. */
final class MeasuredPublisher<T> implements Flow.Publisher<T> {

    private final Flow.Publisher<T> publisher;
    private final Completions completions;
    private final CompletionStats stats;
    private final long weight;

    MeasuredPublisher(Flow.Publisher<T> publisher, Completions completions, CompletionStats stats, long weight) {
        this.publisher = publisher;
        this.completions = completions;
        this.stats = stats;
        this.weight = weight;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        if (subscriber == null) {
            publisher.subscribe(subscriber); // which has its own answer to that
            return;
        }
        MeasuredSubscriber<T> measured = completions.subscribes(subscriber, stats, weight);
        if (measured == null) {
            publisher.subscribe(subscriber);
            return;
        }
        try {
            publisher.subscribe(measured);
        } catch (Throwable e) {
            completions.end(measured.open, true);
            throw e;
        }
    }

    @Override
    public String toString() {
        return publisher.toString();
    }
}
