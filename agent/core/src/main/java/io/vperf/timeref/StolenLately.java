package io.vperf.timeref;

/** What the steal counters showed. May be asked by any thread. */
public interface StolenLately {

    /** Where steal is unknown. */
    long UNKNOWN = -1;

    /** What was counted as stolen from all vCPUs together in the last so many nanoseconds, or {@link #UNKNOWN}. */
    long stolenNs(long lastNs);
}
