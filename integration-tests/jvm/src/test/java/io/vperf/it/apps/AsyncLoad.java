package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import io.vperf.annotations.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Many stages: at once, on virtual threads, without a pause, or in a class loader that knows nothing but {@code java.*}. */
public final class AsyncLoad {

    private AsyncLoad() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "atOnce" -> atOnce(Integer.parseInt(args[1]));
            case "virtual" -> virtual(Integer.parseInt(args[1]));
            case "hot" -> hot(Long.parseLong(args[1]));
            case "strict" -> strict();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Each is completed by another thread than it was begun on. */
    private static void atOnce(int count) throws InterruptedException {
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            all.add(stage);
            load(stage);
        }
        System.out.println("dependents=" + all.get(0).getNumberOfDependents());
        Thread.sleep(1_000); // some intervals
        Thread completing = new Thread(() -> all.forEach(stage -> stage.complete("x")));
        completing.start();
        completing.join();
    }

    /** By reflection: compiled for a JDK that has no virtual threads. */
    private static void virtual(int count) throws Exception {
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        AtomicLong ownNs = new AtomicLong();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            all.add(CompletableFuture.runAsync(
                    () -> {
                        long beginNs = System.nanoTime();
                        load(stage);
                        executor.execute(() -> {
                            sleep();
                            ownNs.addAndGet(System.nanoTime() - beginNs);
                            stage.complete("x");
                        });
                    },
                    executor));
            all.add(stage);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        executor.shutdown();
        while (!executor.isTerminated()) {
            Thread.sleep(1);
        }
        System.out.println("ownNs=" + ownNs);
    }

    private static void hot(long millis) {
        long endNs = System.nanoTime() + millis * 1_000_000;
        long calls = 0;
        while (System.nanoTime() < endNs) {
            for (int i = 0; i < 1_000; i++) {
                CompletableFuture<String> stage = new CompletableFuture<>();
                load(stage);
                stage.complete("x");
                calls++;
            }
        }
        System.out.println("calls=" + calls);
    }

    @SuppressWarnings("unchecked")
    private static void strict() throws ReflectiveOperationException {
        ClassLoader strict = new OwnLoader(Set.of("io.vperf.it.apps.AsyncLoad$Stages"), true);
        Supplier<CompletionStage<String>> stages =
                (Supplier<CompletionStage<String>>) strict.loadClass("io.vperf.it.apps.AsyncLoad$Stages")
                        .getDeclaredConstructor()
                        .newInstance();
        for (int i = 0; i < 10; i++) {
            System.out.println(stages.get().toCompletableFuture().join());
        }
    }

    /** Loaded by a class loader of its own. */
    public static final class Stages implements Supplier<CompletionStage<String>> {

        private final CompletableFuture<String> stage = new CompletableFuture<>();

        public Stages() {}

        @Override
        @Measured(value = "strict", until = Until.COMPLETION)
        public CompletionStage<String> get() {
            stage.complete("own");
            return stage;
        }
    }

    @Measured(value = "load", until = Until.COMPLETION)
    static CompletionStage<String> load(CompletableFuture<String> stage) {
        return stage;
    }

    private static void sleep() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
