package io.vperf.steal;

/**
 * A stretch of time in which a vCPU was stolen from: a window of its timeline, or successive windows each of which was
 * stolen for half of its time or more. Milliseconds; its ends are those of windows, what was stolen is in steps of 10 ms.
 *
 * @param vcpu its number
 * @param startMs since the epoch
 * @param lengthMs until the counter was seen to have grown
 * @param stolenMs by how much it had
 */
public record StealBurst(int vcpu, long startMs, long lengthMs, long stolenMs) {}
