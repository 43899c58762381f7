package io.vperf.benchmarks;

/** Shows from what a trial left behind that every call was measured. */
@FunctionalInterface
interface Proof {

    /**
     * For what measures nothing. {@code JmhRow} and {@code ProcessRow} put no agent into such a JVM but those named in the
     * row.
     */
    Proof NOTHING_MEASURED = trial -> "";

    /** What was found, for the table. */
    String check(Trial trial) throws UnprovenException;

    /** Both hold. */
    default Proof and(Proof other) {
        return trial -> check(trial) + "; " + other.check(trial);
    }
}
