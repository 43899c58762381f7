package io.vperf.annotations;

/** Up to when calls of a method are measured, see {@link Measured#until}. */
public enum Until {

    /** Up to its return. */
    RETURN,

    /** Up to its return, and besides up to the completion of what it returned. */
    COMPLETION
}
