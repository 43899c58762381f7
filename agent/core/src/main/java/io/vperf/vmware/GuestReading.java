package io.vperf.vmware;

import java.util.Map;

/**
 * What the host said at one moment.
 *
 * @param sessionId another one after the machine was moved to another host, resumed or reverted
 * @param values by {@link GuestValue#key}
 * @param missing why a value is not among them, by the same
 */
record GuestReading(long sessionId, Map<String, Long> values, Map<String, String> missing) {}
