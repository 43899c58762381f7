package io.vperf.clock;

import io.vperf.shim.Capability;
import io.vperf.shim.LibC;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tries a {@link SwitchSign} before it is trusted, on a scratch thread pinned to one vCPU: one that may migrate can show a
 * switch by that alone. Every block and every preemption must show, and while the thread runs on nothing may, mostly.
 */
final class SwitchTrial {

    private static final int BLOCKS = 50;
    private static final int MOST_BLOCKS = 200;
    private static final int LOOKS = 200;
    private static final int WANTED_PREEMPTIONS = 3;
    private static final long PREEMPTIONS_WITHIN_NS = 60_000_000;
    private static final long LOOK_AFTER_NS = 20_000;
    private static final int BLOCK_NS = 20_000;
    private static final long PATIENCE_MS = 5_000;
    private static final int MASK_BYTES = 1024;

    private final LibC libc;
    private final BlockingCalls blocking;
    private final NativeMemory mask;
    private final NativeMemory usage;

    SwitchTrial(Natives natives) {
        libc = natives.libc();
        blocking = new BlockingCalls(natives);
        mask = natives.allocate(MASK_BYTES);
        usage = natives.allocate(LibC.RUSAGE_BYTES);
    }

    /** What was seen, for a person to read, or why the sign cannot be trusted. Takes some 20 ms. */
    Capability<String> run(SwitchSign.Source source) {
        AtomicReference<@Nullable Capability<String>> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> outcome.set(tryHere(source)), "vperf-trial");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // unable to create native thread
            return Capability.unavailable(
                    "no thread could be started to try it: " + e.getMessage(),
                    "let this JVM have more threads (pids.max of its cgroup, ulimit -u)");
        }
        try {
            thread.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Capability<String> result = outcome.get();
        return result != null
                ? result
                : Capability.unavailable("its trial did not end within " + PATIENCE_MS + " ms", "");
    }

    private Capability<String> tryHere(SwitchSign.Source source) {
        try {
            int vcpu = libc.sched_getcpu();
            pin(vcpu);
            return source.forThisThread().then(sign -> {
                try {
                    return trial(sign, vcpu);
                } finally {
                    sign.close();
                }
            });
        } catch (Throwable t) {
            return Capability.unavailable("its trial failed: " + t, "");
        }
    }

    private Capability<String> trial(SwitchSign sign, int vcpu) {
        int still = 0;
        for (int i = 0; i < LOOKS; i++) {
            still += sign.rearm() == sign.value() ? 1 : 0;
        }
        if (still < LOOKS / 2) {
            return Capability.unavailable(
                    "it showed a switch at " + (LOOKS - still) + " of " + LOOKS + " looks at a thread that ran on", "");
        }
        int seen = 0;
        for (int i = 0; i < MOST_BLOCKS && seen < BLOCKS; i++) {
            long before = switches(LibC.RUSAGE_NVCSW);
            long armed = sign.rearm();
            String call = blocking.block(i, BLOCK_NS);
            boolean shown = sign.value() != armed;
            if (switches(LibC.RUSAGE_NVCSW) == before) {
                continue; // held up until the time was over, it had nothing to wait for
            }
            if (!shown) {
                return Capability.unavailable(
                        "it did not show a block in " + call + "; this kernel shows preemptions only", "");
            }
            seen++;
        }
        return seen == BLOCKS
                ? preemptions(sign, vcpu)
                : Capability.unavailable("only " + seen + " of " + MOST_BLOCKS + " system calls blocked", "");
    }

    private Capability<String> preemptions(SwitchSign sign, int vcpu) {
        AtomicReference<Boolean> done = new AtomicReference<>(false);
        Thread rival = new Thread(
                () -> {
                    pin(vcpu);
                    while (!done.getAcquire()) {
                        Thread.onSpinWait();
                    }
                },
                "vperf-trial-rival");
        rival.setDaemon(true);
        rival.setContextClassLoader(null);
        rival.start();
        try {
            int seen = 0;
            long deadlineNs = System.nanoTime() + PREEMPTIONS_WITHIN_NS;
            while (seen < WANTED_PREEMPTIONS && System.nanoTime() < deadlineNs) {
                long armed = sign.rearm();
                long before = switches(LibC.RUSAGE_NIVCSW);
                long lookNs = System.nanoTime() + LOOK_AFTER_NS;
                while (System.nanoTime() < lookNs) {
                    Thread.onSpinWait();
                }
                if (switches(LibC.RUSAGE_NIVCSW) > before) { // between arming and looking, that is
                    if (sign.value() == armed) {
                        return Capability.unavailable("it did not show a preemption", "");
                    }
                    seen++;
                }
            }
            return Capability.available(
                    BLOCKS + " of " + BLOCKS + " blocks and " + seen + " of " + seen + " preemptions seen");
        } finally {
            done.setRelease(true);
            try {
                rival.join(TimeUnit.NANOSECONDS.toMillis(PREEMPTIONS_WITHIN_NS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How often the kernel switched this thread out, because it waited or because another one was to run. */
    private long switches(int ofKind) {
        return libc.getrusage(LibC.RUSAGE_THREAD, usage.address()) == 0
                ? usage.buffer().getLong(ofKind)
                : 0;
    }

    private void pin(int vcpu) {
        if (vcpu >= 0 && vcpu < MASK_BYTES * Byte.SIZE) {
            mask.buffer().put(vcpu / Byte.SIZE, (byte) (1 << (vcpu % Byte.SIZE)));
            int ignored = libc.sched_setaffinity(0, MASK_BYTES, mask.address());
        }
    }
}
