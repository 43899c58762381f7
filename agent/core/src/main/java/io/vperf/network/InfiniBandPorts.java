package io.vperf.network;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the totals of all active InfiniBand ports: {@code counters}, {@code hw_counters}, and {@code counters_ext}, which
 * kernels before 4.5 have for counters of 64 bits. The kernel asks the card for each file of {@code counters}.
 *
 * <p>Counters of data are in words of 4 bytes (Documentation/ABI/stable/sysfs-class-infiniband); here they are in bytes and have
 * names that say so. The port counters of the first set stay at the largest number they hold instead of wrapping; what stands
 * there may have grown by anything.
 */
final class InfiniBandPorts {

    private static final int MOST_PORTS = 64;
    private static final int MOST_COUNTERS = 128;
    private static final long WORD_BYTES = 4;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    /** A period in milliseconds, not a counter. */
    private static final String LIFESPAN = "lifespan";

    /** Bits of the first set's counters, drivers/infiniband/core/sysfs.c; all others have 64. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("symbol_error", 16),
            Map.entry("link_error_recovery", 8),
            Map.entry("link_downed", 8),
            Map.entry("port_rcv_errors", 16),
            Map.entry("port_rcv_remote_physical_errors", 16),
            Map.entry("port_rcv_switch_relay_errors", 16),
            Map.entry("port_xmit_discards", 16),
            Map.entry("port_xmit_constraint_errors", 8),
            Map.entry("port_rcv_constraint_errors", 8),
            Map.entry("local_link_integrity_errors", 4),
            Map.entry("excessive_buffer_overrun_errors", 4),
            Map.entry("VL15_dropped", 16),
            Map.entry("port_xmit_wait", 32),
            Map.entry("port_xmit_data", 32),
            Map.entry("port_rcv_data", 32),
            Map.entry("port_xmit_packets", 32),
            Map.entry("port_rcv_packets", 32));

    private final Path devices;

    InfiniBandPorts(Path root) {
        devices = root.resolve("sys/class/infiniband");
    }

    /** By device and port, as {@code mlx5_0/1}; empty where there are none. */
    Map<String, Map<String, Long>> read() {
        Map<String, Map<String, Long>> ports = new LinkedHashMap<>();
        for (String device : names(devices, MOST_PORTS)) {
            Path folder = devices.resolve(device).resolve("ports");
            for (String port : names(folder, MOST_PORTS)) {
                if (ports.size() < MOST_PORTS && isActive(folder.resolve(port))) {
                    ports.put(device + "/" + port, counters(folder.resolve(port)));
                }
            }
        }
        return ports;
    }

    /** The state as number and name, as in "4: ACTIVE"; the number is that of enum ib_port_state. */
    private static boolean isActive(Path port) {
        return KernelFile.value(port.resolve("state")) instanceof Capability.Available<String> state
                && state.value().startsWith("4:");
    }

    private static Map<String, Long> counters(Path port) {
        Map<String, Long> counters = new LinkedHashMap<>();
        add(port.resolve("counters"), "", counters);
        add(port.resolve("counters_ext"), "counters_ext/", counters);
        add(port.resolve("hw_counters"), "hw_counters/", counters);
        return counters;
    }

    private static void add(Path folder, String prefix, Map<String, Long> into) {
        for (String name : names(folder, MOST_COUNTERS)) {
            if (name.equals(LIFESPAN)) {
                continue;
            }
            // "N/A (no PMA)" is no number and told as nothing.
            Long value = KernelFile.value(folder.resolve(name)) instanceof Capability.Available<String> text
                    ? CounterText.parse(text.value())
                    : null;
            if (value == null || (prefix.isEmpty() && isFull(name, value))) {
                continue;
            }
            if (isWords(name)) {
                Long bytes = bytes(value);
                if (bytes != null) {
                    into.put(prefix + name + "_bytes", bytes);
                }
            } else {
                into.put(prefix + name, value);
            }
        }
    }

    private static boolean isFull(String name, long value) {
        Integer bits = BITS.get(name);
        return bits != null && value == (1L << bits) - 1;
    }

    /** port_rcv_data, port_xmit_data and, with 64 bits, port_rcv_data_64, port_xmit_data_64. */
    private static boolean isWords(String name) {
        return name.startsWith("port_rcv_data") || name.startsWith("port_xmit_data");
    }

    private static @Nullable Long bytes(long words) {
        return words >>> (Long.SIZE - 2) == 0 ? Long.valueOf(words * WORD_BYTES) : null;
    }

    /** Sorted, as the order of a folder is by chance. */
    private static String[] names(Path folder, int most) {
        String[] names =
                folder.toFile().list((parent, name) -> NAME.matcher(name).matches());
        if (names == null) {
            return new String[0];
        }
        Arrays.sort(names);
        return names.length <= most ? names : Arrays.copyOf(names, most);
    }
}
