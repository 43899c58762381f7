package io.vperf;

import io.vperf.config.Options;
import io.vperf.config.Setting;
import io.vperf.counters.CounterChoice;
import io.vperf.export.RunHeader;
import io.vperf.linux.OwnPid;
import io.vperf.platform.Platform;
import io.vperf.platform.StealSource;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.Shim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Gathers what the head of every dump says of a run. */
final class Headers {

    private Headers() {}

    static RunHeader of(
            Options options,
            Capability<Natives> natives,
            Clocks clocks,
            CounterChoice counted,
            long probeAtStartNs,
            Platform platform,
            StealSource steal,
            Map<String, Capability<String>> explained,
            Map<String, Capability<String>> host,
            long startedMs,
            int vcpus) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Setting setting : options.given()) {
            given.put(setting.key(), setting.describe());
        }
        List<RunHeader.Capability> capabilities = new ArrayList<>();
        capabilities.add(capability("native code", natives, loaded -> "loaded"));
        Capability<Shim> shim = natives instanceof Capability.Available<Natives> loaded
                ? loaded.value().shim()
                : Capability.unavailable("no native code", "");
        capabilities.add(capability("C shim", shim, s -> "ABI version " + Shim.ABI_VERSION));
        capabilities.add(capability(RunHeader.CPU_TIME, clocks.cpuTime(), name -> name));
        clocks.tried().forEach((name, outcome) -> capabilities.add(capability(name, outcome, seen -> seen)));
        counted.tried()
                .forEach((name, outcome) ->
                        capabilities.add(capability(RunHeader.COUNTER + name, outcome, seen -> seen)));
        capabilities.add(capability("steal", steal.source(), name -> name));
        Capability<String> userSpace = counted.userSpace();
        if (userSpace != null) {
            capabilities.add(capability("reading counters in user space", userSpace, costs -> costs));
        }
        explained.forEach((name, what) -> capabilities.add(capability(name, what, told -> told)));
        host.forEach((name, what) -> capabilities.add(capability(name, what, told -> told)));
        Map<String, Long> costsNs = new LinkedHashMap<>(clocks.costsNs());
        Map<String, String> readings = new LinkedHashMap<>(clocks.names());
        if (!counted.reading().isEmpty()) {
            readings.put("counters", counted.reading());
            counted.readingNs().ifPresent(ns -> costsNs.put("counters", ns));
        }
        costsNs.put(RunHeader.PROBE_AT_START, probeAtStartNs);
        return new RunHeader(
                Version.current(),
                startedMs,
                OwnPid.read(Path.of("/")),
                platform.host().name(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                text(platform.host().kernelRelease()),
                vcpus,
                text(platform.hypervisor()),
                platform.kernelKind().kind().name().toLowerCase(Locale.ROOT) + ": "
                        + String.join("; ", platform.kernelKind().reasons()),
                text(steal.source()),
                readings,
                costsNs,
                given,
                capabilities,
                options.shortCallNs(),
                options.intervalNs());
    }

    private static <T> RunHeader.Capability capability(
            String name, Capability<T> capability, Function<T, String> describe) {
        if (capability instanceof Capability.Unavailable<T> not) {
            return new RunHeader.Capability(name, false, not.reason(), not.remedy());
        }
        T value = ((Capability.Available<T>) capability).value();
        return new RunHeader.Capability(name, true, describe.apply(value), "");
    }

    private static String text(Capability<String> capability) {
        return capability instanceof Capability.Available<String> known
                ? known.value()
                : "unknown: " + ((Capability.Unavailable<String>) capability).reason();
    }
}
