package io.vperf.steal;

/** Told of each verdict as it is passed. */
@FunctionalInterface
interface VerdictWatch {

    /**
     * A call was judged.
     *
     * @param index of the call in the log
     */
    void judged(LongCall call, Verdict verdict, int index);
}
