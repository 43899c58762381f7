/**
 * What vperf costs, side by side with what it is compared with, in one run. Run with {@code ./mvnw -Pbench verify}; what
 * the rows mean is in docs/benchmarks.md.
 *
 * <p>{@link io.vperf.benchmarks.Benchmarks} runs every {@link io.vperf.benchmarks.Row} once per round, each in JVMs of its
 * own, so that a disturbance of the machine hits all rows alike. A row that cannot prove that it measured every call has
 * failed, and fails the run. {@link io.vperf.benchmarks.Figures} are what the rows must reach.
 */
@NullMarked
package io.vperf.benchmarks;

import org.jspecify.annotations.NullMarked;
