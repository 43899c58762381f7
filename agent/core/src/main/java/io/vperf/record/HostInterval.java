package io.vperf.record;

import io.vperf.network.NetworkInterval;
import io.vperf.timeref.OutsideTime;
import io.vperf.vmware.VmwareInterval;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read in an interval of the machine around the JVM; null what nobody asked for.
 *
 * @param network what passed through the network
 * @param vmware what VMware told of the whole virtual machine
 * @param vmwarePseudo what VMware's pseudo counters grew by
 * @param outside what a clock outside of the guest says of it
 */
public record HostInterval(
        @Nullable NetworkInterval network,
        @Nullable VmwareInterval vmware,
        @Nullable Map<String, Long> vmwarePseudo,
        @Nullable OutsideTime outside) {

    public static final HostInterval NONE = new HostInterval(null, null, null, null);
}
