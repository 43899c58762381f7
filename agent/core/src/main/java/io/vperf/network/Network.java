package io.vperf.network;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What passed since the last call. Used by one thread at a time; a reading of few interfaces takes a millisecond. */
public final class Network {

    private static final String NEW = "it is new in this interval";
    private static final String OTHER = "it was removed and made again in this interval";
    private static final String RESET = "its counters were set back in this interval";

    private final Interfaces interfaces;
    private final InfiniBandPorts infiniBand;
    private Map<String, Last> last;
    private Map<String, Map<String, Long>> lastPorts;
    private @Nullable String unknown;
    private String remedy = "";

    /** An interface as it was when it was last read. */
    private record Last(InterfaceName name, Map<String, Long> totals) {}

    /**
     * Takes the first reading.
     *
     * @param root where the file system begins, {@code /} in production
     */
    public Network(Path root) {
        interfaces = new Interfaces(root);
        infiniBand = new InfiniBandPorts(root);
        last = readInterfaces();
        lastPorts = infiniBand.read();
    }

    /** What there was at the last reading. */
    public Capability<String> capability() {
        String not = unknown;
        return not == null
                ? Capability.available(last.size() + " interfaces in /proc/net/dev, " + lastPorts.size()
                        + " active InfiniBand ports in /sys/class/infiniband")
                : Capability.unavailable(not, remedy);
    }

    /** What passed since this was last called, or since the first reading. */
    public NetworkInterval take() {
        List<LinkInterval> moved = new ArrayList<>();
        List<LinkInterval> ports = new ArrayList<>();
        List<String> still = new ArrayList<>();
        Map<String, Last> now = readInterfaces();
        now.forEach((name, reading) -> sort(link(last.get(name), reading), moved, still));
        last = now;
        Map<String, Map<String, Long>> portsNow = infiniBand.read();
        portsNow.forEach((name, totals) -> sort(link(name, null, lastPorts.get(name), totals), ports, still));
        lastPorts = portsNow;
        return new NetworkInterval(
                List.copyOf(moved), List.copyOf(ports), List.copyOf(still), interfaces.leftOut(), unknown);
    }

    private Map<String, Last> readInterfaces() {
        Map<String, Last> readings = new LinkedHashMap<>();
        Capability<Map<InterfaceName, Map<String, Long>>> read = interfaces.read();
        unknown = null;
        if (read instanceof Capability.Available<Map<InterfaceName, Map<String, Long>>> totals) {
            totals.value().forEach((name, counters) -> readings.put(name.name(), new Last(name, counters)));
        } else if (read instanceof Capability.Unavailable<Map<InterfaceName, Map<String, Long>>> not) {
            unknown = not.reason();
            remedy = not.remedy();
        }
        return readings;
    }

    private static LinkInterval link(@Nullable Last before, Last now) {
        InterfaceName name = now.name();
        if (before != null && !before.name().equals(name)) {
            return LinkInterval.unknown(name.name(), name.driver(), OTHER);
        }
        return link(name.name(), name.driver(), before == null ? null : before.totals(), now.totals());
    }

    private static LinkInterval link(
            String name, @Nullable String driver, @Nullable Map<String, Long> before, Map<String, Long> now) {
        if (before == null) {
            return LinkInterval.unknown(name, driver, NEW);
        }
        Map<String, Long> grown = Deltas.between(before, now);
        return grown == null ? LinkInterval.unknown(name, driver, RESET) : new LinkInterval(name, driver, grown, null);
    }

    private static void sort(LinkInterval link, List<LinkInterval> moved, List<String> still) {
        if (link.isStill()) {
            still.add(link.name());
        } else {
            moved.add(link);
        }
    }
}
