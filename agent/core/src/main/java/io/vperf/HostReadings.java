package io.vperf;

import io.vperf.config.Options;
import io.vperf.config.TimeSource;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.network.Network;
import io.vperf.record.HostInterval;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.timeref.OutsideClock;
import io.vperf.vmware.ChildTrial;
import io.vperf.vmware.PseudoCounters;
import io.vperf.vmware.Vmware;
import io.vperf.vmware.VmwareCpuid;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
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
    private final @Nullable OutsideClock outside;

    /**
     * Takes the first readings.
     *
     * @param stolenLately how much was stolen from all vCPUs within so many nanoseconds, see {@link io.vperf.timeref.StolenLately}
     */
    HostReadings(
            Options options,
            Capability<Natives> natives,
            Path root,
            LongUnaryOperator stolenLately,
            Health health,
            Log log) {
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
        outside = options.timeReference() instanceof TimeSource.Off
                ? null
                : OutsideClock.of(
                        options.timeReference(),
                        natives,
                        root,
                        stolenLately::applyAsLong,
                        options.intervalNs(),
                        health,
                        log);
        if (outside != null) {
            capabilities.put("outside clock", outside.reference());
        }
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

    /** Begins to ask the clock outside, if one is to be asked. */
    void start() {
        if (outside != null) {
            outside.start();
        }
    }

    void close() {
        if (outside != null) {
            outside.close();
        }
    }

    /** A failure here costs the interval no more than that reading. */
    HostInterval take() {
        return new HostInterval(
                network == null ? null : reading("network counters", network::take),
                vmware == null ? null : reading("VMware's guest library", vmware::take),
                pseudo == null ? null : reading("VMware's pseudo counters", pseudo::take),
                outside == null ? null : reading("the outside clock", outside::take));
    }

    private <T> @Nullable T reading(String what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            health.suppress("reading " + what, e);
            return null;
        }
    }
}
