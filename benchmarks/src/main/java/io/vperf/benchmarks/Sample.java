package io.vperf.benchmarks;

import java.util.Map;

/**
 * What one trial gave.
 *
 * @param metrics values by {@link Metric}; the row's main one first
 * @param proof what shows that it has measured
 * @param detail lines to be printed below the table; empty for most
 */
record Sample(Map<Metric, Double> metrics, String proof, String detail) {}
