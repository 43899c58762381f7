/**
 * Two runs, or two sets of runs, side by side. {@link io.vperf.compare.RunSamples} keeps what a run's intervals say in blocks,
 * {@link io.vperf.compare.Comparison} holds them against each other and against the noise between blocks, {@link
 * io.vperf.compare.Limit}s against what somebody allows. Offline; needs no agent. The rule for noise is in docs/report.md.
 */
@NullMarked
package io.vperf.compare;

import org.jspecify.annotations.NullMarked;
