package io.vperf.shim;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Steps on a native thread of their own, which takes its affinity, filters and events with it when it ends. */
final class Scratch {

    private Scratch() {}

    /** The answer or exception of the step; no Java code runs on the thread any more by then. */
    static <T> T run(Callable<T> step) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(answer, step), "scratch");
        thread.setDaemon(true);
        thread.start();
        T result = await(answer);
        thread.join();
        return result;
    }

    /** The answer, or the exception itself, so that a failed assumption skips the test. */
    static <T> T await(CompletableFuture<T> answer) throws Exception {
        try {
            return answer.get(60, SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    static <T> void complete(CompletableFuture<T> answer, Callable<T> step) {
        try {
            answer.complete(step.call());
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    /** Pins the calling thread to the vCPU it runs on; a container may own no other. */
    static void pin(Natives natives) {
        pin(natives, natives.libc().sched_getcpu());
    }

    static void pin(Natives natives, int vcpu) {
        NativeMemory mask = natives.allocate(128);
        mask.buffer().put(vcpu / 8, (byte) (1 << vcpu % 8)); // little-endian on both processors
        if (natives.libc().sched_setaffinity(0, 128, mask.address()) != 0) {
            throw new IllegalStateException("cannot pin to vCPU " + vcpu);
        }
    }
}
