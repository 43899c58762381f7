package io.vperf.record;

import io.vperf.clock.CpuClock;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A JDK whose carriers are platform threads that do what a test says, and whose virtual threads are but names. */
final class FakeCarriers implements CarrierAccess, AutoCloseable {

    final FakeClocks clocks = new FakeClocks(1_000_000);
    final TestHealth health = new TestHealth();
    final ThreadRegistry registry;
    final VirtualThreads virtuals;
    private final List<ExecutorService> carriers = new ArrayList<>();
    private int pins;

    private final int method;

    FakeCarriers(int carriers) {
        this(carriers, 0);
    }

    /**
     * @param callNs what asking the kernel is said to cost: CPU time may be wrong by a hundred times that
     */
    FakeCarriers(int carriers, long callNs) {
        CpuClock cpu = clocks.cpu(callNs);
        MethodTable methods = new MethodTable(10, health.health());
        method = methods.register("m");
        registry = new ThreadRegistry(methods, cpu);
        virtuals = new VirtualThreads(clocks, health.health(), registry, this);
        for (int i = 0; i < carriers; i++) {
            this.carriers.add(Executors.newSingleThreadExecutor());
        }
    }

    /** One of the virtual threads. */
    final class Virtual {

        final Thread thread = new Thread(() -> {});
        final ThreadFrames frames;
        final VirtualAccount account;

        Virtual() {
            account = virtuals.newAccount();
            frames = new ThreadFrames(thread, true, 1, null, clocks.cpu(0).forVirtualThread(), false, null, account);
        }

        /** To be called on its carrier, as is what follows. */
        @SuppressWarnings("deprecation") // threadId() came with JDK 19
        void begin() {
            if (frames.depth() == 0) {
                registry.virtualEnters(frames);
                virtuals.enter(frames, account, thread.getId());
            }
            if (!frames.hasRoom()) {
                throw new IllegalStateException("too deep");
            }
            virtuals.begin(frames, account, method, 0);
        }

        /** Answers the call. */
        Frame end() {
            Frame f = frames.at(frames.depth() - 1);
            virtuals.end(frames, account, f, clocks.nowNs());
            frames.pop();
            if (frames.depth() == 0) {
                account.stop();
                registry.virtualLeaves(frames);
            }
            return f;
        }

        /** Of a call that has just ended. */
        long cpuNs(Frame f) {
            return clocks.nowNs() + account.endOffsetNs() - f.entryCpuNs();
        }
    }

    /** Runs something on a carrier, to its end. */
    <T> T on(int carrier, Callable<T> task) {
        try {
            return carriers.get(carrier).submit(task).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    void run(int carrier, Runnable task) {
        on(carrier, Executors.callable(task));
    }

    int pins() {
        return pins;
    }

    @Override
    public <T> ThreadLocal<T> carrierLocal() {
        return new ThreadLocal<>();
    }

    @Override
    public Thread carrier() {
        return Thread.currentThread();
    }

    @Override
    public void pin() {
        pins++;
    }

    @Override
    public void unpin() {
        pins--;
    }

    @Override
    public void close() {
        carriers.forEach(ExecutorService::shutdown);
    }
}
