/**
 * What JMH runs: one call of an empty method each, measured by vperf, by a peer, by hand, or not at all. Which of them
 * run, with which agents, is in {@link io.vperf.benchmarks.Rows}; a fork leaves behind how many calls it has measured.
 */
@NullMarked
package io.vperf.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
