package io.vperf.timeref;

import io.vperf.shim.Capability;
import io.vperf.shim.KernelClock;
import io.vperf.shim.Natives;
import java.util.function.LongSupplier;

/**
 * The clock of this machine that is held against another's. CLOCK_MONOTONIC_RAW where native code can read it: NTP slews
 * CLOCK_MONOTONIC by up to 500 ppm, chrony by far more, and a pause cannot be told from that. Both stand still together.
 * Read by one thread at a time.
 *
 * @param name for people
 * @param raw whether it is never slewed
 */
record OwnClock(LongSupplier ns, String name, boolean raw) {

    static OwnClock of(Capability<Natives> natives) {
        Capability<KernelClock> clock = natives.then(KernelClock::monotonicRaw);
        return clock instanceof Capability.Available<KernelClock> there
                ? new OwnClock(there.value()::nowNs, "CLOCK_MONOTONIC_RAW", true)
                : new OwnClock(System::nanoTime, "System.nanoTime (CLOCK_MONOTONIC)", false);
    }

    long nowNs() {
        return ns.getAsLong();
    }
}
