package io.vperf.vmware;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What VMware told of the whole virtual machine at the end of an interval.
 *
 * @param values those that go up and down, as of then
 * @param grown what totals grew by in the interval; empty in a tainted one
 * @param missing why a value is in neither
 * @param tainted why the interval's totals cannot be told, or null
 * @param unknown why nothing is known, or null
 */
public record VmwareInterval(
        Map<String, Long> values,
        Map<String, Long> grown,
        Map<String, String> missing,
        @Nullable String tainted,
        @Nullable String unknown) {

    static VmwareInterval unknown(String why) {
        return new VmwareInterval(Map.of(), Map.of(), Map.of(), null, why);
    }

    /** Whether all parts are there: one that was read from a file may lack any, whatever the record declares. */
    public boolean isWhole() {
        return values != null
                && grown != null
                && missing != null
                && !values.containsValue(null)
                && !grown.containsValue(null);
    }

    /** Whether the machine was moved to another host, resumed or reverted meanwhile: what was counted before and after is of two machines. */
    public boolean isMoved() {
        return Vmware.MOVED.equals(tainted);
    }
}
