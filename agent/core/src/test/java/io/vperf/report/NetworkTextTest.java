package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.network.LinkInterval;
import io.vperf.network.NetworkInterval;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkTextTest {

    private static LinkInterval moved(String name, String driver, long bytes) {
        return new LinkInterval(
                name, driver, Map.of("rx.bytes", bytes, "rx.packets", 2L, "rx.errors", 0L, "tx.bytes", 1L), null);
    }

    private static NetworkInterval interval(LinkInterval... interfaces) {
        return new NetworkInterval(List.of(interfaces), List.of(), List.of("lo"), 0, null);
    }

    private static String text(NetworkInterval... intervals) {
        NetworkSummary summary = new NetworkSummary();
        for (NetworkInterval interval : intervals) {
            summary.add(interval);
        }
        return String.join("\n", NetworkText.of(summary));
    }

    @Test
    void shouldSayNothingWhereNobodyAsked() {
        NetworkSummary summary = new NetworkSummary();
        summary.add(null);

        assertThat(NetworkText.of(summary)).isEmpty();
    }

    @Test
    void shouldAddUpWhatMovedTheMostBytesFirst() {
        assertThat(text(
                        interval(moved("eth1", "e1000e", 10), moved("eth0", "virtio_net", 3_000_000)),
                        interval(moved("eth1", "e1000e", 5))))
                .isEqualTo("""
                        Network, all processes                      bytes          packets    errors     drops
                          eth0 (virtio_net), in                 3,000,000                2         0         -
                          eth0 (virtio_net), out                        1                -         -         -
                          eth1 (e1000e), in                            15                4         0         -
                          eth1 (e1000e), out                            2                -         -         -
                        """);
    }

    @Test
    void shouldSayInHowManyIntervalsAnInterfaceIsUnknown() {
        LinkInterval reset = new LinkInterval("a-rather-long-name-from-a-dump-x", null, null, "it was reset");
        assertThat(text(interval(reset), interval(reset))).contains("unknown in 2 intervals: it was reset");
    }

    @Test
    void shouldShowPortsInBytes() {
        LinkInterval port = new LinkInterval(
                "mlx5_0/1",
                null,
                Map.of("port_rcv_data_bytes", 4_000L, "port_rcv_packets", 3L, "port_xmit_discards", 7L),
                null);
        assertThat(text(new NetworkInterval(List.of(), List.of(port), List.of(), 0, null)))
                .isEqualTo("""
                        Network, all processes                      bytes          packets    errors     drops
                          mlx5_0/1, in                              4,000                3         -         -
                          mlx5_0/1, out                                 -                -         -         7
                        """);
    }

    @Test
    void shouldNotBecomeLongerThanAPage() {
        LinkInterval[] many = IntStream.range(0, 100)
                .mapToObj(i -> moved("veth" + i, "veth", i))
                .toArray(LinkInterval[]::new);

        assertThat(text(interval(many)).lines()).hasSize(18);
        assertThat(text(interval(many))).contains("  and 92 more that something passed through");
    }

    @Test
    void shouldSayWhyNothingIsKnown() {
        assertThat(text(new NetworkInterval(List.of(), List.of(), List.of(), 0, "there is no /proc/net/dev")))
                .isEqualTo("Network: unknown\n  unknown in 1 interval: there is no /proc/net/dev\n");
        assertThat(text(interval())).isEqualTo("Network: nothing passed through any interface\n");
    }
}
