package io.vperf.steal;

import org.HdrHistogram.AbstractHistogram;

/**
 * What the sampler saw of one vCPU in one interval.
 *
 * @param vcpu its number
 * @param windows what was stolen in each of its windows, nanoseconds; 0 for those without steal, nothing for tainted ones
 */
public record VcpuHiccups(int vcpu, AbstractHistogram windows) {}
