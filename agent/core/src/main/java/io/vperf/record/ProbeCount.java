package io.vperf.record;

/**
 * What vperf's own code adds to a counter at each measured call. Shown beside the counts and never subtracted from them.
 *
 * @param name of the counter
 * @param inside what a call with nothing in it counts: the median of some
 * @param whole what such a call adds to the count of the one that makes it, the part inside included; never less than it
 */
public record ProbeCount(String name, long inside, long whole) {}
