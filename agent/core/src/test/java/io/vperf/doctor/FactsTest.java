package io.vperf.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.container.Confinement;
import io.vperf.linux.Machines;
import io.vperf.platform.CpuidFile;
import io.vperf.platform.CpuidReader;
import io.vperf.platform.Platform;
import io.vperf.platform.VirtualSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of machines of many kinds. */
class FactsTest {

    private static String facts(String machine) {
        Path root = Machines.root(machine);
        CpuidReader cpuid = CpuidFile.of(root);
        List<Fact> facts =
                new ArrayList<>(MachineFacts.of(Platform.read(root, cpuid, Map.of()), VirtualSystem.read(root, cpuid)));
        facts.addAll(ConfinementFacts.of(Confinement.ofSelf(root, 4)));
        StringBuilder text = new StringBuilder();
        facts.forEach(fact ->
                text.append(fact.name()).append(": ").append(fact.value()).append('\n'));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            firecracker; monitor: Firecracker
            kvm-hyperv; CPUID 0x40000100 "KVMKVMKVM"
            xen-dom0; dom0: true
            xen-domu; hypervisor: Xen
            vmware; hypervisor: VMware
            hyperv; hypervisor: Microsoft Hyper-V
            azure; cloud: Microsoft Azure
            ec2-nitro; cloud: Amazon EC2, instance type
            gce; cloud: Google
            virtualbox; VirtualBox
            qemu-tcg; TCG
            bare-metal; hypervisor: none: no hypervisor shows itself
            docker-cgroup-v1; container: Docker
            docker-cgroup-v2; cgroup v2:
            podman-cgroup-v2; container: Podman
            kubernetes-cgroup-v2; of a Kubernetes pod
            kubernetes-cgroup-v1; of a Kubernetes pod
            lxc; container: LXC
            nspawn; container: systemd-nspawn
            gvisor; gVisor
            wsl2; subsystem: WSL
            powervm; PowerVM
            zvm; z/VM
            raspberry-pi; Raspberry Pi 4
            """)
    void shouldNameWhatTheMachineIs(String machine, String said) {
        assertThat(facts(machine)).containsIgnoringCase(said);
    }
}
