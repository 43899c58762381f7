package io.vperf.doctor;

import io.vperf.container.Confinement;
import io.vperf.container.Container;
import io.vperf.container.ContainerRuntime;
import io.vperf.container.CpuCgroups;
import io.vperf.container.CpuLevel;
import io.vperf.container.CpuQuota;
import io.vperf.container.CpuWeight;
import io.vperf.container.CpusetCgroups;
import io.vperf.container.Throttling;
import io.vperf.shim.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What holds a process within bounds. */
final class ConfinementFacts {

    private ConfinementFacts() {}

    static List<Fact> of(Confinement confinement) {
        List<Fact> facts = new ArrayList<>();
        Container container = confinement.container();
        facts.add(new Fact(
                "container",
                container.name() instanceof Capability.Available<String> name
                        ? name.value()
                        : (container.runtime() == ContainerRuntime.UNKNOWN
                                        ? ""
                                        : container.runtime().title() + ": ")
                                + ((Capability.Unavailable<String>) container.name()).reason()));
        if (container.kubernetes() instanceof Capability.Available<Boolean> pod && pod.value()) {
            facts.add(new Fact("", "of a Kubernetes pod"));
        }
        if (confinement.cpu() instanceof Capability.Available<CpuCgroups> cpu) {
            for (CpuLevel level : cpu.value().levels()) {
                facts.add(new Fact("cgroup v" + cpu.value().version(), level.path() + ": " + describe(level)));
            }
            if (!cpu.value().reachesRoot()) {
                facts.add(new Fact("", "what limits lie above cannot be seen from here"));
            }
        } else {
            facts.add(Fact.of("cgroup", confinement.cpu()));
        }
        facts.add(Fact.of(
                "cpuset",
                confinement.cpuset().then(CpusetCgroups::effective).then(set -> Capability.available(set.text()))));
        facts.add(Fact.of("JVM's processors", confinement.allowance().jvmProcessors()));
        return facts;
    }

    private static String describe(CpuLevel level) {
        String quota = level.quota() instanceof Capability.Available<CpuQuota> known
                ? known.value().cpus() instanceof Capability.Available<Double> cpus
                        ? String.format(Locale.ROOT, "quota of %.2f CPUs", cpus.value())
                        : "no quota"
                : "quota unknown";
        String weight = level.weight() instanceof Capability.Available<CpuWeight> known
                ? (known.value().version() == 1 ? ", shares " : ", weight ")
                        + known.value().value()
                : "";
        String throttled = level.limited() && level.throttling() instanceof Capability.Available<Throttling> t
                ? String.format(
                        Locale.ROOT,
                        ", throttled in %,d of %,d periods, %,.3f s in all",
                        t.value().throttledPeriods(),
                        t.value().periods(),
                        t.value().throttledNs() / 1e9)
                : "";
        return quota + weight + throttled;
    }
}
