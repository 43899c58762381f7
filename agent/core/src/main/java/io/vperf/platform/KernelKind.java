package io.vperf.platform;

/** Whether a thread's CPU time contains the steal that its kernel counts. */
public enum KernelKind {
    /** CPU time holds no steal: wall − CPU over a stretch without a context switch is the steal. */
    EXCLUDES,
    /** CPU time holds the steal, as if the thread had run. */
    INCLUDES,
    /** Not known: only wall time may be corrected. */
    UNKNOWN
}
