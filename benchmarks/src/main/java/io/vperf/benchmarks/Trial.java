package io.vperf.benchmarks;

import java.nio.file.Path;

/**
 * A trial that has ended, and whose proof is wanted.
 *
 * @param folder with what the JVM left behind
 * @param calls of the measured method that were made, warm-up included
 * @param callNs mean duration of a call; 0 where that is not measured
 */
record Trial(Path folder, long calls, double callNs) {}
