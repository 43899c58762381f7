package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final String SUBSCRIPTION = "a [subscription]";

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(1_000);
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 50_000, 100, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final int a = table.register("a");
    private final Source source = new Source();
    private final Sink sink = new Sink();

    /** Does what the test says. */
    private static final class Source implements Flow.Publisher<String>, Flow.Subscription {

        Flow.@Nullable Subscriber<? super String> subscriber;
        final List<String> told = new ArrayList<>();

        @Nullable
        RuntimeException refusal;

        @Override
        public void subscribe(Flow.Subscriber<? super String> s) {
            if (refusal != null) {
                throw refusal;
            }
            subscriber = Objects.requireNonNull(s);
            s.onSubscribe(this);
        }

        Flow.Subscriber<? super String> subscriber() {
            return Objects.requireNonNull(subscriber);
        }

        @Override
        public void request(long n) {
            told.add("request " + n);
        }

        @Override
        public void cancel() {
            told.add("cancel");
        }

        @Override
        public String toString() {
            return "source";
        }
    }

    /** Takes its time with everything. */
    private final class Sink implements Flow.Subscriber<String> {

        final List<String> told = new ArrayList<>();
        Flow.@Nullable Subscription subscription;

        private void told(String what) {
            told.add(what);
            clocks.advance(1_000, 0);
        }

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
            s.request(7);
        }

        @Override
        public void onNext(String item) {
            told("next " + item);
        }

        @Override
        public void onError(Throwable error) {
            told("error " + error.getMessage());
        }

        @Override
        public void onComplete() {
            told("complete");
        }
    }

    private Flow.Publisher<String> call() {
        Object frame = probe.enter(a);
        clocks.advance(10, 10);
        @SuppressWarnings("unchecked")
        Flow.Publisher<String> returned =
                (Flow.Publisher<String>) Objects.requireNonNull(probe.exitWithPublisher(frame, source));
        return returned;
    }

    private @Nullable MethodInterval taken(String name) {
        for (MethodInterval m :
                recording.take(0, null, fromNs -> Long.MAX_VALUE).methods()) {
            if (m.name().equals(name)) {
                return m;
            }
        }
        return null;
    }

    private MethodInterval subscriptions() {
        return Objects.requireNonNull(taken(SUBSCRIPTION));
    }

    @Test
    void shouldMeasureEachSubscriptionToItsEndAndPassEverythingOn() {
        Flow.Publisher<String> returned = call();
        assertThat(returned).hasToString("source");
        assertThat(taken(SUBSCRIPTION)).as("none as yet").isNull();
        clocks.advance(500, 0);
        returned.subscribe(sink);
        assertThat(subscriptions().inFlight()).isEqualTo(1);
        source.subscriber().onNext("x");
        source.subscriber().onComplete();
        source.subscriber().onComplete();
        returned.subscribe(sink);
        clocks.advance(50, 0);
        source.subscriber().onError(new IllegalStateException("mine"));
        returned.subscribe(sink);
        clocks.advance(7, 0);
        Objects.requireNonNull(sink.subscription).cancel();
        MethodInterval m = subscriptions();

        assertThat(m.calls()).isEqualTo(3);
        assertThat(m.wallNs()).as("without what subscribers do with the end").isEqualTo(1_000 + 50 + 7);
        assertThat(m.exceptions()).isEqualTo(1);
        assertThat(m.isToCompletion()).isTrue();
        assertThat(m.inFlight()).isZero();
        assertThat(sink.told).containsExactly("next x", "complete", "complete", "error mine");
        assertThat(source.told).containsExactly("request 7", "request 7", "request 7", "cancel");
    }

    @Test
    void shouldPassOnWhatThePublisherThrows() {
        Flow.Publisher<String> returned = call();
        source.refusal = new IllegalStateException("mine");
        assertThatThrownBy(() -> returned.subscribe(sink)).isSameAs(source.refusal);
        assertThat(subscriptions().exceptions()).isEqualTo(1);
        source.refusal = null;
        @SuppressWarnings("NullAway")
        Throwable thrown = catchThrowable(() -> returned.subscribe(null));
        assertThat(thrown).isInstanceOf(NullPointerException.class);
    }

    @Test
    void shouldBeTheSameSubscriberAgain() {
        Flow.Publisher<String> returned = call();
        returned.subscribe(sink);
        Object first = source.subscriber();
        returned.subscribe(sink);

        assertThat(source.subscriber()).isNotSameAs(first).isEqualTo(first).hasSameHashCodeAs(first);
        returned.subscribe(new Sink());
        assertThat(source.subscriber()).isNotEqualTo(first);
    }

    private static final class Both implements Flow.Processor<String, String> {

        @Override
        public void subscribe(Flow.Subscriber<? super String> subscriber) {}

        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(String item) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }

    @Test
    void shouldLeaveProcessorsAndNothingAsTheyAre() {
        Both both = new Both();
        assertThat(probe.exitWithPublisher(probe.enter(a), both)).isSameAs(both);
        assertThat(probe.exitWithPublisher(probe.enter(a), null)).isNull();
        assertThat(probe.exitWithPublisher(null, source)).isSameAs(source);
        assertThat(health.total(Trouble.COMPLETIONS_REFUSED)).isEqualTo(1);
        health.health().tellLines();
        assertThat(health.said()).contains("Both, a processor");
        assertThat(Objects.requireNonNull(taken("a")).calls()).isEqualTo(2);
    }
}
