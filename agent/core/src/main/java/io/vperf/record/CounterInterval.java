package io.vperf.record;

import org.HdrHistogram.AbstractHistogram;

/**
 * One counter of one method in one interval, of the calls that ended in it (a long call that waits for its correction may be in the counts
 * of one interval and among the calls of the next).
 *
 * @param name as it was asked for
 * @param calls those it is known of. Calls that ran on a virtual thread, or on one that could have no counters, are missing
 * @param estimatedCalls those of them whose count is an estimate: the counter had to share the processor's with others
 * @param sum of outermost calls: what a call within a call of the same method counted is in that one's count, too
 * @param comparableSum of those of them of which every counter is known: such sums of two counters are of the same calls
 * @param drawError standard error of the sum, as the calls were drawn; 0 where all were measured
 * @param counts of each call
 */
public record CounterInterval(
        String name,
        long calls,
        long estimatedCalls,
        long sum,
        long comparableSum,
        long drawError,
        AbstractHistogram counts) {}
