package io.vperf;

import io.vperf.platform.Platform;
import io.vperf.platform.StealSource;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;

/** Steal is known only where it can also be told whom it hit. */
public final class UsableSteal {

    private UsableSteal() {}

    /** The machine's source of steal, or why vperf can make no use of one. */
    public static StealSource of(Capability<Natives> natives, Capability<?> cpuTime, Platform platform) {
        if (natives instanceof Capability.Unavailable<Natives> none) {
            return new StealSource(
                    Capability.unavailable(
                            "the vCPU a thread runs on cannot be told without native code: " + none.reason(),
                            none.remedy()),
                    false);
        }
        if (cpuTime instanceof Capability.Unavailable<?> none) {
            return new StealSource(
                    Capability.unavailable(
                            "whom it hit cannot be told without CPU time: " + none.reason(), none.remedy()),
                    false);
        }
        return platform.stealSource();
    }
}
