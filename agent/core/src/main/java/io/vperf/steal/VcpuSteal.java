package io.vperf.steal;

import org.jspecify.annotations.Nullable;

/**
 * What a vCPU's steal counter showed since vperf began to watch it. Nanoseconds, in steps of 10 ms.
 *
 * @param vcpu its number
 * @param watchedNs for how long it was watched
 * @param stolenNs what the counter grew by, outside tainted windows
 * @param attributedNs how much of that was given to calls
 * @param onCreditNs what was given to calls besides, before the counter shows it: a step at most; null where a file does not
 *     tell
 */
public record VcpuSteal(
        int vcpu,
        long watchedNs,
        long stolenNs,
        long attributedNs,
        @Nullable Long onCreditNs) {

    /** What was given to no call: it hit code that is not measured, or nobody. */
    public long unattributedNs() {
        return stolenNs - attributedNs;
    }
}
