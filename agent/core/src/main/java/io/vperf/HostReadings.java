package io.vperf;

import io.vperf.config.Options;
import io.vperf.health.Health;
import io.vperf.network.Network;
import io.vperf.record.IntervalSnapshot;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is read at the end of each interval besides calls and steal, as far as the options want it: what they do not want costs
 * nothing, not even a look. Used by one thread at a time.
 */
final class HostReadings {

    private final Health health;
    private final @Nullable Network network;

    /** Takes the first readings. */
    HostReadings(Options options, Path root, Health health) {
        this.health = health;
        network = options.network() ? network(root, health) : null;
    }

    private static @Nullable Network network(Path root, Health health) {
        try {
            return new Network(root);
        } catch (RuntimeException e) {
            health.suppress("reading network counters for the first time", e);
            return null;
        }
    }

    /** What was asked for, and whether it is there; for the head of the dump. */
    Map<String, Capability<String>> capabilities() {
        Map<String, Capability<String>> capabilities = new LinkedHashMap<>();
        if (network != null) {
            capabilities.put("network", network.capability());
        }
        return capabilities;
    }

    /** A failure here costs the interval no more than these readings. */
    IntervalSnapshot addTo(IntervalSnapshot snapshot) {
        if (network == null) {
            return snapshot;
        }
        try {
            return snapshot.with(network.take());
        } catch (RuntimeException e) {
            health.suppress("reading network counters", e);
            return snapshot;
        }
    }
}
