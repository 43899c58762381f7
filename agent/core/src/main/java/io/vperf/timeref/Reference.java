package io.vperf.timeref;

import io.vperf.shim.Capability;

/** Something that knows the time outside of the guest. Asked by one thread. */
interface Reference extends AutoCloseable {

    /** What it is, for people. */
    String name();

    /**
     * Asks it.
     *
     * @param budgetNs how long that may take; looking up a name in the network is not within it
     * @return the sample with the smallest error, or why there is none
     */
    Capability<Sample> ask(long budgetNs);

    /** What became of packets since this was last asked. May be asked by any thread. */
    Packets takePackets();

    @Override
    void close();
}
