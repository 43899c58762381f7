package io.vperf.network;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What passed through the network in an interval.
 *
 * @param interfaces those that something passed through, or of which that is unknown
 * @param ports the same of InfiniBand's
 * @param still names of interfaces and ports whose counters all stood still
 * @param leftOut how many there are besides, as there are too many
 * @param unknown why nothing is known of interfaces, or null
 */
public record NetworkInterval(
        List<LinkInterval> interfaces,
        List<LinkInterval> ports,
        List<String> still,
        long leftOut,
        @Nullable String unknown) {

    /** Whether all parts are there: one that was read from a file may lack any, whatever the record declares. */
    public boolean isWhole() {
        return interfaces != null
                && ports != null
                && still != null
                && !still.stream().anyMatch(Objects::isNull)
                && interfaces.stream().allMatch(NetworkInterval::isWhole)
                && ports.stream().allMatch(NetworkInterval::isWhole);
    }

    private static boolean isWhole(@Nullable LinkInterval link) {
        if (link == null || link.name() == null) {
            return false;
        }
        Map<String, Long> counters = link.counters();
        return counters == null || !counters.containsValue(null);
    }
}
