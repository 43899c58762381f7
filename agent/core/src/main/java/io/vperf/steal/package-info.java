/**
 * How much of a call was stolen. {@link io.vperf.steal.StealSampler}, one daemon thread, reads the steal counter of each
 * vCPU into a {@link io.vperf.steal.VcpuTimeline}; {@link io.vperf.steal.Attribution} shares out what a timeline shows
 * among the calls that ran there. Timelines and attribution are pure: they know no clock, no file and no thread, and are
 * used by the sampler's thread alone.
 *
 * <p>Rules: what is attributed in a window never exceeds what the counter showed for it; a window whose counter
 * misbehaved corrects nothing; every clamp is in {@link io.vperf.steal.Limits} and is counted.
 */
@NullMarked
package io.vperf.steal;

import org.jspecify.annotations.NullMarked;
