package io.vperf.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {

    private static final Path FIXTURES = Path.of("src/test/resources/io/vperf/network");

    private final Path temp;

    NetworkTest(@TempDir Path temp) {
        this.temp = temp;
    }

    /** A copy of a fixture that can be changed. */
    private FakeRoot copy(String fixture) throws IOException {
        Path from = FIXTURES.resolve(fixture);
        try (var all = Files.walk(from)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Path to = temp.resolve(from.relativize(path).toString());
                Files.createDirectories(to.getParent());
                Files.copy(path, to);
            }
        }
        return new FakeRoot(temp);
    }

    private FakeRoot table(FakeRoot root, String from, String to) throws IOException {
        String text = Files.readString(root.path().resolve("proc/net/dev"));
        assertThat(text).contains(from);
        return root.with("proc/net/dev", text.replace(from, to));
    }

    @Test
    void shouldTellWhatPassedAndWhatStoodStill() throws IOException {
        FakeRoot root = copy("kvm-6.18");
        Network network = new Network(root.path());
        table(root, "1237446930   29960", "1237447030   29961");
        NetworkInterval interval = network.take();

        assertThat(interval.unknown()).isNull();
        assertThat(interval.still()).containsExactly("lo", "ifb0", "ifb1");
        assertThat(interval.interfaces()).singleElement().satisfies(eth0 -> {
            assertThat(eth0.name()).isEqualTo("eth0");
            assertThat(eth0.driver()).isEqualTo("virtio_net");
            assertThat(eth0.counters())
                    .containsEntry("rx.bytes", 100L)
                    .containsEntry("rx.packets", 1L)
                    .containsEntry("tx.bytes", 0L)
                    .containsEntry("statistics/rx_crc_errors", 0L);
        });
        assertThat(network.take().still()).containsExactly("lo", "ifb0", "ifb1", "eth0");
    }

    @Test
    void shouldNameBondsVlansAndTheCardsBelow() throws IOException {
        FakeRoot root = copy("bond-vlan-5.14");
        Network network = new Network(root.path());
        table(root, " 8820466    3", " 8820467    4");
        table(root, " 8702133 ", " 8702134 ");
        table(root, " 1410233    3  101    0     3", " 1410234    4  101    0     4");
        root.with("sys/class/net/eno2/statistics/rx_crc_errors", "3\n");
        NetworkInterval interval = network.take();

        assertThat(interval.still()).containsExactly("lo", "eno1");
        assertThat(interval.interfaces())
                .extracting(LinkInterval::name, LinkInterval::driver)
                .containsExactly(tuple("eno2", "ixgbe"), tuple("bond0", "bond"), tuple("bond0.1042", "vlan"));
        assertThat(interval.interfaces().get(0).counters())
                .containsEntry("rx.frame", 1L)
                .containsEntry("statistics/rx_crc_errors", 1L)
                .containsEntry("statistics/rx_length_errors", 0L);
        assertThat(interval.interfaces().get(1).counters()).doesNotContainKey("statistics/rx_crc_errors");
    }

    @Test
    void shouldShowAMyricomCardAsTheInterfaceItIs() throws IOException {
        FakeRoot root = copy("myri10ge-3.10");
        Network network = new Network(root.path());
        table(root, "884123456789", "884123460789");
        root.with("sys/class/net/myri0/statistics/rx_missed_errors", "46\n");

        assertThat(network.take().interfaces()).singleElement().satisfies(myri -> {
            assertThat(myri.driver()).isEqualTo("myri10ge");
            assertThat(myri.counters())
                    .containsEntry("rx.bytes", 4000L)
                    .containsEntry("statistics/rx_missed_errors", 2L);
        });
    }

    @Test
    void shouldTakeTheDriverFromItsLinkWhereNoTextNamesIt() throws IOException {
        FakeRoot root = copy("myri10ge-3.10").without("sys/class/net/myri0/device/uevent");
        Files.createSymbolicLink(
                temp.resolve("sys/class/net/myri0/device/driver"), Path.of("../../../bus/pci/drivers/myri10ge"));
        Network network = new Network(root.path());
        table(root, "884123456789", "884123460789");

        assertThat(network.take().interfaces()).extracting(LinkInterval::driver).containsExactly("myri10ge");
    }

    @Test
    void shouldSayThatAnInterfaceIsAnotherOneOfTheSameName() throws IOException {
        FakeRoot root = copy("bond-vlan-5.14");
        Network network = new Network(root.path());
        root.with("sys/class/net/bond0.1042/ifindex", "8\n");
        LinkInterval made = network.take().interfaces().get(0);

        assertThat(made.name()).isEqualTo("bond0.1042");
        assertThat(made.counters()).isNull();
        assertThat(made.unknown()).isEqualTo("it was removed and made again in this interval");
        table(root, " 8702133 ", " 8702135 ");
        assertThat(network.take().interfaces().get(0).counters()).containsEntry("rx.packets", 2L);
    }

    @Test
    void shouldKnowNothingOfAResetAndOfANewInterface() throws IOException {
        FakeRoot root = copy("bond-vlan-5.14");
        Network network = new Network(root.path());
        table(root, "10320375588 8820466", "5 8820466");
        table(root, "    lo:", " fresh: 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n    lo:");
        NetworkInterval interval = network.take();

        assertThat(interval.interfaces())
                .extracting(LinkInterval::name, LinkInterval::counters, LinkInterval::unknown)
                .containsExactly(
                        tuple("fresh", null, "it is new in this interval"),
                        tuple("bond0", null, "its counters were set back in this interval"));
        assertThat(network.take().still()).contains("fresh", "bond0");
    }

    /** As a process has it that entered the network namespace of another without its mounts. */
    @Test
    void shouldNotBelieveASysfsThatCountsOtherwise() throws IOException {
        FakeRoot root = copy("myri10ge-3.10").with("sys/class/net/myri0/statistics/rx_bytes", "884123456788\n");
        Network network = new Network(root.path());
        table(root, "884123456789", "884123460789");

        assertThat(network.take().interfaces()).singleElement().satisfies(myri -> {
            assertThat(myri.driver()).isNull();
            assertThat(myri.counters()).hasSize(16).containsEntry("rx.bytes", 4000L);
        });
    }

    @Test
    void shouldTurnWordsOfActivePortsIntoBytes() throws IOException {
        FakeRoot root = copy("mlx4-two-ports");
        Network network = new Network(root.path());
        String port = "sys/class/infiniband/mlx4_0/ports/";
        root.with(port + "1/counters/port_rcv_data", "2221223709\n").with(port + "2/counters/port_xmit_wait", "3850\n");
        NetworkInterval interval = network.take();

        assertThat(interval.ports()).extracting(LinkInterval::name).containsExactly("mlx4_0/1", "mlx4_0/2");
        assertThat(interval.ports().get(0).counters())
                .containsEntry("port_rcv_data_bytes", 400L)
                .containsEntry("port_rcv_packets", 0L)
                .doesNotContainKey("port_rcv_data");
        assertThat(interval.ports().get(1).counters()).containsEntry("port_xmit_wait", 4L);
    }

    @Test
    void shouldReadHardwareCountersAndPassOverPortsThatAreDown() throws IOException {
        FakeRoot root = copy("mlx5-hw-counters").with("proc/net/dev", "");
        Network network = new Network(root.path());
        String port = "sys/class/infiniband/mlx5_0/ports/1/";
        root.with(port + "hw_counters/out_of_sequence", "4\n").with(port + "hw_counters/lifespan", "12\n");
        NetworkInterval interval = network.take();

        assertThat(interval.still()).isEmpty();
        assertThat(interval.ports()).singleElement().satisfies(mlx5 -> {
            assertThat(mlx5.name()).isEqualTo("mlx5_0/1");
            assertThat(mlx5.counters())
                    .containsEntry("hw_counters/out_of_sequence", 3L)
                    .doesNotContainKeys("hw_counters/lifespan", "VL15_dropped");
        });
    }

    /** The first set of counters stays at its largest number. */
    @Test
    void shouldNotTakeACounterThatIsFullForOneThatStandsStill() throws IOException {
        FakeRoot root = copy("mlx4-two-ports")
                .with("sys/class/infiniband/mlx4_0/ports/1/counters/symbol_error", "65535\n")
                .with("sys/class/infiniband/mlx4_0/ports/1/counters/link_downed", "254\n");
        Network network = new Network(root.path());
        root.with("sys/class/infiniband/mlx4_0/ports/1/counters/port_xmit_wait", "3600\n");

        assertThat(network.take().ports().get(0).counters())
                .doesNotContainKey("symbol_error")
                .containsEntry("link_downed", 0L);
    }

    @Test
    void shouldSayWhyNothingIsKnown() {
        Network network = new Network(temp);

        assertThat(network.capability())
                .isEqualTo(Capability.unavailable(
                        "there is no " + temp.resolve("proc/net/dev"),
                        "mount /proc, and let this JVM's user read " + temp.resolve("proc/net/dev")));
        assertThat(network.take().unknown()).isEqualTo("there is no " + temp.resolve("proc/net/dev"));
    }

    @Test
    void shouldCountInterfacesBeyondItsBounds() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Interfaces.MOST + 7; i++) {
            text.append("veth").append(i).append(": 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n");
        }
        Network network = new Network(
                new FakeRoot(temp).with("proc/net/dev", text.toString()).path());

        NetworkInterval interval = network.take();
        assertThat(interval.still()).hasSize(Interfaces.MOST);
        assertThat(interval.leftOut()).isEqualTo(7);
    }

    @Test
    void shouldReadTheInterfacesOfThisMachine() {
        Network network = new Network(Path.of("/"));

        assertThat(network.capability()).isInstanceOf(Capability.Available.class);
        NetworkInterval interval = network.take();
        assertThat(interval.unknown()).isNull();
        for (LinkInterval link : interval.interfaces()) {
            assertThat(link.counters()).as(link.name()).isNotNull().containsKeys("rx.bytes", "tx.compressed");
        }
    }
}
