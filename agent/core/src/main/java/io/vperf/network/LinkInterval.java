package io.vperf.network;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What passed through an interface or an InfiniBand port in an interval.
 *
 * @param name as the kernel calls it: {@code eth0}; of a port with its device: {@code mlx5_0/1}
 * @param driver of an interface's device ({@code virtio_net}, {@code myri10ge}), else what kind of interface it is
 *     ({@code bond}, {@code vlan}); null where nobody says
 * @param counters what each grew by; null where that is unknown
 * @param unknown why it is, or null
 */
public record LinkInterval(
        String name,
        @Nullable String driver,
        @Nullable Map<String, Long> counters,
        @Nullable String unknown) {

    static LinkInterval unknown(String name, @Nullable String driver, String why) {
        return new LinkInterval(name, driver, null, why);
    }

    /** Whether it is known that nothing passed. */
    boolean isStill() {
        return counters != null && counters.values().stream().allMatch(n -> n == 0);
    }
}
