package io.vperf.record;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber of the application. Tells of the subscription's end before the subscriber hears of it, so what that then does is
 * not measured; then passes everything on.
 */
final class MeasuredSubscriber<T> implements Flow.Subscriber<T> {

    private final Flow.Subscriber<? super T> subscriber;
    private final Completions completions;

    /** Set before the subscriber is handed over. */
    @Nullable
    OpenCompletion open;

    MeasuredSubscriber(Flow.Subscriber<? super T> subscriber, Completions completions) {
        this.subscriber = subscriber;
        this.completions = completions;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscriber.onSubscribe(subscription == null ? subscription : new MeasuredSubscription(subscription));
    }

    @Override
    public void onNext(T item) {
        subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable error) {
        completions.end(open, true);
        subscriber.onError(error);
    }

    @Override
    public void onComplete() {
        completions.end(open, false);
        subscriber.onComplete();
    }

    /** A publisher may refuse a subscriber that it has already (SubmissionPublisher does). */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MeasuredSubscriber<?> s && s.subscriber.equals(subscriber);
    }

    @Override
    public int hashCode() {
        return subscriber.hashCode();
    }

    @Override
    public String toString() {
        return subscriber.toString();
    }

    private final class MeasuredSubscription implements Flow.Subscription {

        private final Flow.Subscription subscription;

        MeasuredSubscription(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void request(long n) {
            subscription.request(n);
        }

        @Override
        public void cancel() {
            completions.end(open, false);
            subscription.cancel();
        }
    }
}
