package io.vperf.network;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the totals of all interfaces: {@code /proc/net/dev}, and for those with a device what sysfs tells of the columns that it
 * adds up. Used by one thread at a time.
 *
 * <p>An interface that is removed and made again begins at 0 under its old name, but with another index. Indexes are read after
 * the counters; where one is new, the counters are read again. So counters between two readings with the same index are those
 * of the same interface.
 *
 * <p>A process can see the sysfs of another network namespace (nsenter without its mounts), whose interfaces have the same
 * names. What sysfs counted is held against the two readings of the table around it: where it lies outside, it is of another.
 */
final class Interfaces {

    /** Each takes a file or two a reading. */
    static final int MOST = 256;

    /** A line has some 200 bytes. */
    private static final int MOST_BYTES = 8 << 20;

    /**
     * Parts of the columns dropped, frame and carrier, and what is in none of them (rx_nohandler); see
     * Documentation/ABI/testing/sysfs-class-net-statistics.
     */
    private static final String[] PARTS = {
        "rx_dropped",
        "rx_missed_errors",
        "rx_length_errors",
        "rx_over_errors",
        "rx_crc_errors",
        "rx_frame_errors",
        "rx_nohandler",
        "tx_carrier_errors",
        "tx_aborted_errors",
        "tx_window_errors",
        "tx_heartbeat_errors"
    };

    private final Path table;
    private final Path folders;
    private final Map<String, InterfaceName> known = new LinkedHashMap<>();
    private long leftOut;

    Interfaces(Path root) {
        table = root.resolve("proc/net/dev");
        folders = root.resolve("sys/class/net");
    }

    /** Of each interface; unavailable where there is no table. */
    Capability<Map<InterfaceName, Map<String, Long>>> read() {
        return table().then(this::identified).then(counters -> Capability.available(withParts(counters)));
    }

    /** How many interfaces the last reading passed over. */
    long leftOut() {
        return leftOut;
    }

    private Capability<Map<String, Map<String, Long>>> table() {
        Capability<String> text = KernelFile.headText(table, MOST_BYTES);
        if (text instanceof Capability.Unavailable<String> not) {
            return Capability.unavailable(not.reason(), "mount /proc, and let this JVM's user read " + table);
        }
        return text.then(lines -> Capability.available(NetDev.parse(lines)));
    }

    /** The counters, read again if there is an interface among them that was not there at the last reading. */
    private Capability<Map<String, Map<String, Long>>> identified(Map<String, Map<String, Long>> counters) {
        Map<String, InterfaceName> before = new LinkedHashMap<>(known);
        Map<String, Long> receivedBySysfs = new LinkedHashMap<>();
        known.clear();
        for (String name : counters.keySet()) {
            if (known.size() == MOST) {
                break;
            }
            InterfaceName found = InterfaceName.read(folders, name, before.get(name));
            if (!found.equals(before.get(name))) {
                Long bytes = statistic(name, "rx_bytes");
                if (bytes != null) {
                    receivedBySysfs.put(name, bytes);
                }
            }
            known.put(name, found);
        }
        leftOut = (long) counters.size() - known.size();
        if (before.equals(known)) {
            return Capability.available(counters);
        }
        return table().then(after -> {
            receivedBySysfs.forEach((name, bytes) -> {
                if (!isBetween(counters.get(name), bytes, after.get(name))) {
                    known.put(name, InterfaceName.only(name));
                }
            });
            return Capability.available(after);
        });
    }

    private static boolean isBetween(
            @Nullable Map<String, Long> before, long bytes, @Nullable Map<String, Long> after) {
        return before != null
                && after != null
                && Long.compareUnsigned(received(before), bytes) <= 0
                && Long.compareUnsigned(bytes, received(after)) <= 0;
    }

    private static long received(Map<String, Long> counters) {
        return Objects.requireNonNull(counters.get(NetCounter.RX_BYTES.key));
    }

    private Map<InterfaceName, Map<String, Long>> withParts(Map<String, Map<String, Long>> counters) {
        Map<InterfaceName, Map<String, Long>> totals = new LinkedHashMap<>();
        for (InterfaceName name : known.values()) {
            Map<String, Long> columns = counters.get(name.name());
            if (columns == null) {
                continue; // gone since
            }
            if (name.hasDevice()) {
                parts(name.name(), columns);
            }
            totals.put(name, columns);
        }
        return totals;
    }

    private void parts(String name, Map<String, Long> into) {
        for (String part : PARTS) {
            Long value = statistic(name, part);
            if (value != null) {
                into.put("statistics/" + part, value);
            }
        }
    }

    private @Nullable Long statistic(String name, String file) {
        return KernelFile.value(folders.resolve(name).resolve("statistics").resolve(file))
                        instanceof Capability.Available<String> text
                ? CounterText.parse(text.value())
                : null;
    }
}
