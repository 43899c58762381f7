package io.vperf.record;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * A call that has returned and waits for its completion, or a subscription that has not ended. Refers to the one object that will
 * tell of the end, which is held by what is to end and by nobody else: if that is collected, the end will never be told.
 */
final class OpenCompletion extends WeakReference<Object> {

    final CompletionStats stats;

    /** Wall time at the call's entry, or when it was subscribed. */
    final long beganNs;

    /** How many calls this one stands for. */
    final long weight;

    OpenCompletion(Object teller, ReferenceQueue<Object> collected, CompletionStats stats, long beganNs, long weight) {
        super(teller, collected);
        this.stats = stats;
        this.beganNs = beganNs;
        this.weight = weight;
    }
}
