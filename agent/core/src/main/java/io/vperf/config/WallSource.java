package io.vperf.config;

/** Where wall time comes from. */
public enum WallSource {
    /** The processor's time counter where it is guaranteed and cheaper, else as {@link #NANOTIME}. */
    AUTO,
    NANOTIME,
    /** The processor's time counter where it is guaranteed, cheaper or not. */
    TSC
}
