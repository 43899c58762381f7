package io.vperf.cost;

import io.vperf.clock.ReadingCost;
import io.vperf.clock.ReadingCost.Readings;
import java.util.Arrays;

/**
 * What one reading costs: its mean over a batch, over many batches.
 *
 * @param perBatch readings in a batch
 * @param batches how many were timed, after a warm-up
 * @param minNs of the fastest batch
 * @param p99Ns one batch in a hundred was slower
 */
public record Cost(int perBatch, int batches, double minNs, double medianNs, double p99Ns) {

    /** The nanoTime() around a batch adds 0.03 ns to each reading. A batch of calls holds several emptyings of the journal. */
    private static final int MANY = 1_000;

    /** Of what is dearer than this: batches of a millisecond would only tell how often the kernel switches threads. */
    private static final int FEW = 100;

    private static final double DEAR_NS = 400;

    /** For p99 to mean something. */
    private static final int LEAST_BATCHES = 200;

    private static final int MOST_BATCHES = 2_000;
    private static final long ENOUGH_NS = 250_000_000;

    /** HotSpot compiles in steps, in the background; on a busy machine a step takes tens of milliseconds. */
    private static final long STEADY_NS = 100_000_000;

    private static final long MOST_WARM_UP_NS = 1_000_000_000;

    static Cost of(Readings readings) {
        double warmNs = ReadingCost.fastestNs(STEADY_NS, MOST_WARM_UP_NS, readings);
        int perBatch = warmNs > DEAR_NS ? FEW : MANY;
        long[] batchNs = new long[MOST_BATCHES];
        int batches = 0;
        long beginNs = System.nanoTime();
        while (batches < MOST_BATCHES && (batches < LEAST_BATCHES || System.nanoTime() - beginNs < ENOUGH_NS)) {
            batchNs[batches++] = ReadingCost.batchNs(readings, perBatch);
        }
        Arrays.sort(batchNs, 0, batches);
        return new Cost(
                perBatch,
                batches,
                (double) batchNs[0] / perBatch,
                (double) batchNs[batches / 2] / perBatch,
                (double) batchNs[batches - 1 - batches / 100] / perBatch);
    }
}
