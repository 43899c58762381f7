package io.vperf.explain;

/**
 * How many slices of some 100 ms there were, since the start of the run.
 *
 * @param quiet in how many nothing was stolen or throttled
 */
public record SliceCounts(long slices, long quiet) {}
