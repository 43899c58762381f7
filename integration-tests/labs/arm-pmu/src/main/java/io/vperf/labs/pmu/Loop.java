package io.vperf.labs.pmu;

import jnr.ffi.annotations.IgnoreError;

/** {@code loop.c}, as JNR-FFI binds it; public since JNR-FFI implements it elsewhere. */
public interface Loop {

    /** Executes 2 n instructions beside those of the call; n is 1 or more. */
    @IgnoreError
    void lab_loop(long n);
}
