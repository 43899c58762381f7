package io.vperf.timeref;

import io.vperf.shim.Capability;
import io.vperf.shim.PtpClock;

/** The host's clock through a device of the guest's: a reading is an exchange without packets. */
final class PtpReference implements Reference {

    private static final int READINGS = 8;

    private final PtpClock host;
    private final OwnClock guest;

    PtpReference(PtpClock host, OwnClock guest) {
        this.host = host;
        this.guest = guest;
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Capability<Sample> ask(long budgetNs) {
        Sample best = null;
        for (int i = 0; i < READINGS; i++) {
            long askedNs = guest.nowNs();
            long hostNs = host.nowNs();
            long answeredNs = guest.nowNs();
            if (hostNs >= 0) {
                // The host's wall clock (KVM_CLOCK_PAIRING_WALLCLOCK), which the host slews and may set.
                Sample sample = Sample.of(askedNs, hostNs, hostNs, answeredNs, 0, false);
                best = best == null || sample.errorNs() < best.errorNs() ? sample : best;
            }
        }
        return best == null
                ? Capability.unavailable("the host's clock could not be read from " + host.name(), "")
                : Capability.available(best);
    }

    @Override
    public Packets takePackets() {
        return Packets.NONE;
    }

    @Override
    public void close() {
        host.close();
    }
}
