package io.vperf.config;

/** How hardware counters are read. Software events are read by a system call in any case. */
public enum CounterWay {
    /** The cheaper of the two, as measured at the start. */
    AUTO,
    /** One system call for each group of events. */
    READ,
    /** The processor's registers and the mmap page of each event, where the kernel allows that. */
    PAGE
}
