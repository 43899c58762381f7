package io.vperf.pauses;

/** Counts pauses, whether or not anybody asks. */
interface PauseCounters {

    /** Begun so far. */
    long count();

    /** Of those ended so far, from begin to end each; brought up to date shortly after an end. */
    long timeNs();
}
