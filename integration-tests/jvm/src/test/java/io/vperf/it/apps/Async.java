package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import io.vperf.annotations.Region;
import io.vperf.annotations.Until;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Methods whose stages end in every way there is. Prints how long they took by its own clock. */
public final class Async {

    private static final int TIMED = 20;
    private static final long TIMER_MS = 50;

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();

    /** What must not be collected. */
    private static final List<Object> HELD = new ArrayList<>();

    private Async() {}

    public static void main(String[] args) throws InterruptedException {
        timed();
        endings();
        never();
        publishers();
        TIMER.shutdown();
        TIMER.awaitTermination(10, TimeUnit.SECONDS);
        System.out.println("done=1");
    }

    @SuppressWarnings("try") // regions are not referred to
    private static void timed() throws InterruptedException {
        AtomicLong ownNs = new AtomicLong();
        AtomicLong identical = new AtomicLong();
        try (Region first = Region.begin("first")) {
            identical.set(0); // a thread's first call makes what it needs, before its own entry
        }
        for (int i = 0; i < TIMED; i++) {
            CompletableFuture<String> future = new CompletableFuture<>();
            CountDownLatch done = new CountDownLatch(1);
            long beginNs = System.nanoTime();
            try (Region region = Region.begin("around")) {
                identical.addAndGet(byTimer(future) == future ? 1 : 0);
            }
            Future<?> scheduled = TIMER.schedule(
                    () -> {
                        ownNs.addAndGet(System.nanoTime() - beginNs);
                        future.complete("x");
                        done.countDown();
                    },
                    TIMER_MS,
                    TimeUnit.MILLISECONDS);
            done.await();
            HELD.add(scheduled);
        }
        System.out.println("timedNs=" + ownNs + "\nidentical=" + identical);
    }

    private static void endings() {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<String> failing = new CompletableFuture<>();
            endings(failing);
            failing.completeExceptionally(new IllegalStateException("mine"));
            CompletableFuture<String> cancelled = new CompletableFuture<>();
            endings(cancelled);
            cancelled.cancel(false);
            endings(null);
            endings(CompletableFuture.completedStage("x"));
            endings(CompletableFuture.failedStage(new IllegalStateException("mine")));
            try {
                throwing();
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
            foreign();
            nothing();
        }
        CompletableFuture<String> same = new CompletableFuture<>();
        for (int i = 0; i < 5; i++) {
            same(same);
        }
        same.complete("x");
    }

    private static void never() throws InterruptedException {
        for (int i = 0; i < 7; i++) {
            HELD.add(never(new CompletableFuture<>()));
        }
        for (int i = 0; i < 100; i++) {
            dropped(new CompletableFuture<>());
        }
        for (int i = 0; i < 5; i++) {
            System.gc(); // of what is collected the agent hears soon after
            Thread.sleep(100);
        }
    }

    @SuppressWarnings("try") // closed before its end, to have subscribers told
    private static void publishers() throws InterruptedException {
        long ownNs = 0;
        long sum = 0;
        try (SubmissionPublisher<Integer> source = new SubmissionPublisher<>()) {
            Flow.Publisher<Integer> publisher = publisher(source);
            List<Sink> sinks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Sink sink = new Sink(i % 2 == 0 ? Integer.MAX_VALUE : 3);
                sinks.add(sink);
                ownNs -= System.nanoTime();
                publisher.subscribe(sink);
            }
            for (int i = 1; i <= 10; i++) {
                Thread.sleep(5);
                source.submit(i);
            }
            source.close();
            for (Sink sink : sinks) {
                sink.ended.await();
                ownNs += sink.endNs;
                sum += sink.items.stream().mapToInt(i -> i).sum();
            }
            concrete(source);
        }
        System.out.println("subscribedNs=" + ownNs + "\nitems=" + sum);
    }

    @Measured(value = "timer", until = Until.COMPLETION)
    static CompletableFuture<String> byTimer(CompletableFuture<String> future) {
        return future;
    }

    @Measured(value = "endings", until = Until.COMPLETION)
    static @Nullable CompletionStage<String> endings(@Nullable CompletionStage<String> stage) {
        return stage;
    }

    @Measured(value = "throwing", until = Until.COMPLETION)
    static CompletionStage<String> throwing() {
        throw new IllegalStateException("thrown");
    }

    @Measured(value = "same", until = Until.COMPLETION)
    static CompletionStage<String> same(CompletionStage<String> stage) {
        return stage;
    }

    @Measured(value = "never", until = Until.COMPLETION)
    static CompletionStage<String> never(CompletionStage<String> stage) {
        return stage;
    }

    @Measured(value = "dropped", until = Until.COMPLETION)
    static CompletionStage<String> dropped(CompletionStage<String> stage) {
        return stage;
    }

    /** A stage that refuses whatever is asked of it. */
    @Measured(value = "foreign", until = Until.COMPLETION)
    static CompletionStage<?> foreign() {
        return (CompletionStage<?>) Proxy.newProxyInstance(
                Async.class.getClassLoader(), new Class<?>[] {CompletionStage.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Measured(value = "nothing", until = Until.COMPLETION)
    static void nothing() {}

    @Measured(value = "publisher", until = Until.COMPLETION)
    static Flow.Publisher<Integer> publisher(Flow.Publisher<Integer> publisher) {
        return publisher;
    }

    @Measured(value = "concrete", until = Until.COMPLETION)
    static SubmissionPublisher<Integer> concrete(SubmissionPublisher<Integer> publisher) {
        return publisher;
    }

    /** Cancels after so many items. */
    private static final class Sink implements Flow.Subscriber<Integer> {

        final ConcurrentLinkedQueue<Integer> items = new ConcurrentLinkedQueue<>();
        final CountDownLatch ended = new CountDownLatch(1);
        private final int most;
        private Flow.@Nullable Subscription subscription;
        long endNs;

        Sink(int most) {
            this.most = most;
        }

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Integer item) {
            items.add(item);
            if (items.size() == most && subscription != null) {
                end();
                subscription.cancel();
            }
        }

        @Override
        public void onError(Throwable error) {
            end();
        }

        @Override
        public void onComplete() {
            end();
        }

        private void end() {
            endNs = System.nanoTime();
            ended.countDown();
        }
    }
}
