package io.vperf;

import io.vperf.config.Options;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.network.Network;
import io.vperf.record.HostInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.vmware.ChildTrial;
import io.vperf.vmware.PseudoCounters;
import io.vperf.vmware.Vmware;
import io.vperf.vmware.VmwareCpuid;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is read at the end of each interval besides calls and steal, as far as the options want it: what they do not want costs
 * nothing, not even a look. Used by one thread at a time.
 */
final class HostReadings {

    private final Health health;
    private final Log log;

    /** What was asked for, and whether it is there; for the head of the dump. */
    private final Map<String, Capability<String>> capabilities = new LinkedHashMap<>();

    private final @Nullable Network network;
    private final @Nullable Vmware vmware;
    private final @Nullable PseudoCounters pseudo;

    /** Takes the first readings. */
    HostReadings(Options options, Capability<Natives> natives, Path root, Health health, Log log) {
        this.health = health;
        this.log = log;
        network = options.network()
                ? open("network", () -> Capability.available(new Network(root)), Network::capability)
                : null;
        vmware = options.vmware()
                ? open(
                        "vmware",
                        () -> Vmware.open(natives, options.vmwareLibrary(), isVmware(natives)),
                        found -> Capability.available(found.describe()))
                : null;
        pseudo = options.vmwarePseudoCounters()
                ? open(
                        "vmware.pseudo-counters",
                        () -> PseudoCounters.open(natives, isVmware(natives), ChildTrial::ofThisJar),
                        found -> Capability.available("RDPMC 0x10000 to 0x10002"))
                : null;
    }

    private static Capability<Boolean> isVmware(Capability<Natives> natives) {
        return VmwareCpuid.isVmware(Cpuids.reader(natives));
    }

    /** Somebody asked for it, so that it is not there is told at once. */
    private <T> @Nullable T open(
            String option, Supplier<Capability<T>> opening, Function<T, Capability<String>> describe) {
        Capability<T> opened;
        try {
            opened = opening.get();
        } catch (RuntimeException e) {
            health.suppress("opening " + option, e);
            opened = Capability.unavailable("it failed: " + e, "");
        }
        Capability<String> told = opened.then(describe);
        capabilities.put(option, told);
        if (told instanceof Capability.Unavailable<String> not) {
            log.info(option + "=on: there is none in this run: " + not.reason()
                    + (not.remedy().isEmpty() ? "" : "; " + not.remedy()));
        }
        return opened instanceof Capability.Available<T> there ? there.value() : null;
    }

    Map<String, Capability<String>> capabilities() {
        return capabilities;
    }

    /** A failure here costs the interval no more than these readings. */
    IntervalSnapshot addTo(IntervalSnapshot snapshot) {
        try {
            return snapshot.with(new HostInterval(
                    network == null ? null : network.take(),
                    vmware == null ? null : vmware.take(),
                    pseudo == null ? null : pseudo.take()));
        } catch (RuntimeException e) {
            health.suppress("reading network or VMware counters", e);
            return snapshot;
        }
    }
}
