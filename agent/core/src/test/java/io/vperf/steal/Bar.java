package io.vperf.steal;

/** What the corrected times of a scenario's method are held to, besides the sum of what was stolen. */
enum Bar {
    /** Calls of 1 ms or more: median and p99. */
    LONG,
    /** Calls of 100 us, hit by bursts: p99.9. */
    SHORT,
    /** Calls of which 5 % truly take ten times longer: p99, which must not be pulled to the median. */
    OUTLIERS,
    /** As the Xen lab asks of calls of 290 ms: median, p99 and the sum. */
    LAB_LONG,
    /** As the Xen lab asks of calls of 5 ms of which one in twenty has ten times the work. */
    LAB_SHORT,
    /** Only the sum. */
    SUM,
    /** Nothing may be corrected. */
    NOTHING
}
