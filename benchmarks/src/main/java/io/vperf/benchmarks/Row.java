package io.vperf.benchmarks;

import java.nio.file.Path;

/** One thing to be measured. */
interface Row {

    /** Short and without blanks. */
    String id();

    /** How often it is run within a round: often if it is short. */
    default int passes() {
        return 1;
    }

    /**
     * Runs it once in JVMs of its own.
     *
     * @param folder of this trial alone, empty
     * @throws UnprovenException if it has not measured what it should have
     */
    Sample run(Path folder) throws UnprovenException;
}
