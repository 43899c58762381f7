package io.vperf.clock;

import io.vperf.shim.Capability;
import io.vperf.shim.LibC;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;

/**
 * The real sign of a thread as a kernel from 6.19 on would show it: a thread that has blocked of its own accord, and was
 * not preempted, keeps what it stored.
 */
final class NewerKernelSign extends SwitchSign {

    private final LibC libc;
    private final NativeMemory usage;
    private final SwitchSign real;
    private long armed;
    private long preempted;

    private NewerKernelSign(Natives natives, SwitchSign real) {
        super(real.memory(), real.at(), null, real::close);
        this.real = real;
        libc = natives.libc();
        usage = natives.allocate(LibC.RUSAGE_BYTES);
    }

    static Source of(Natives natives, Source real) {
        return () -> real.forThisThread().then(sign -> Capability.available(new NewerKernelSign(natives, sign)));
    }

    @Override
    long rearm() {
        armed = real.rearm();
        preempted = preemptions();
        return armed;
    }

    @Override
    long value() {
        long shown = real.value();
        return preemptions() == preempted ? armed : shown;
    }

    private long preemptions() {
        if (libc.getrusage(LibC.RUSAGE_THREAD, usage.address()) != 0) {
            throw new IllegalStateException("getrusage failed");
        }
        return usage.buffer().getLong(LibC.RUSAGE_NIVCSW);
    }
}
