package io.vperf.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report's part about the network, where somebody asked for it. */
final class NetworkText {

    private static final int MOST_LINKS = 8;
    private static final int NAME_WIDTH = 32;
    private static final int VALUE_WIDTH = 17;

    private static final List<Side> INTERFACE = List.of(
            new Side("in", "rx.bytes", "rx.packets", "rx.errors", "rx.dropped"),
            new Side("out", "tx.bytes", "tx.packets", "tx.errors", "tx.dropped"));

    private static final List<Side> PORT = List.of(
            new Side("in", "port_rcv_data_bytes", "port_rcv_packets", "port_rcv_errors", "hw_counters/out_of_buffer"),
            new Side("out", "port_xmit_data_bytes", "port_xmit_packets", "", "port_xmit_discards"));

    private NetworkText() {}

    /**
     * One direction.
     *
     * @param bytes name of the counter, as are the following; empty where there is none
     */
    record Side(String name, String bytes, String packets, String errors, String drops) {}

    static List<Side> sides(NetworkSummary.Link link) {
        return link.port ? PORT : INTERFACE;
    }

    /** Its lines, the last one empty; none where nobody asked. */
    static List<String> of(NetworkSummary network) {
        List<String> lines = new ArrayList<>();
        if (network.intervals() == 0) {
            return lines;
        }
        List<NetworkSummary.Link> links = network.links();
        if (links.isEmpty()) {
            lines.add("Network: " + (network.unknown() == null ? "nothing passed through any interface" : "unknown"));
        } else {
            lines.add(row("Network, all processes", "bytes", "packets", "errors", "drops"));
        }
        links.stream().limit(MOST_LINKS).forEach(link -> add(link, lines));
        if (links.size() > MOST_LINKS) {
            lines.add("  and " + Units.count(links.size() - MOST_LINKS)
                    + " more that something passed through; the dump has them");
        }
        if (network.unknown() != null) {
            lines.add("  unknown in " + intervals(network.unknownIntervals()) + ": " + network.unknown());
        }
        lines.add("");
        return lines;
    }

    private static void add(NetworkSummary.Link link, List<String> lines) {
        String name = link.driver == null ? link.name : link.name + " (" + link.driver + ")";
        if (!link.totals.isEmpty()) {
            for (Side side : sides(link)) {
                lines.add(row(
                        "  " + name + ", " + side.name(),
                        value(link, side.bytes()),
                        value(link, side.packets()),
                        value(link, side.errors()),
                        value(link, side.drops())));
            }
        }
        link.unknown.forEach((why, count) -> lines.add("  " + name + ": unknown in " + intervals(count) + ": " + why));
    }

    private static String value(NetworkSummary.Link link, String key) {
        @Nullable Long total = link.total(key);
        return total == null ? "-" : Units.count(total);
    }

    private static String intervals(int count) {
        return Units.count(count) + (count == 1 ? " interval" : " intervals");
    }

    private static String row(String name, String... values) {
        StringBuilder row = new StringBuilder(name).append(" ".repeat(Math.max(1, NAME_WIDTH - name.length())));
        for (int i = 0; i < values.length; i++) {
            int width = i < 2 ? VALUE_WIDTH : VALUE_WIDTH / 2 + 2;
            row.append(" ".repeat(Math.max(1, width - values[i].length()))).append(values[i]);
        }
        return row.toString();
    }
}
