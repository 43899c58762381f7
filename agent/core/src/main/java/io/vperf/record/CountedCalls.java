package io.vperf.record;

import io.vperf.counters.CallCounters.ThreadReader;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.PackedHistogram;

/** Adds up, for one method and interval, what counters say of its calls. Guarded by the lock of its {@link MethodStats}. */
final class CountedCalls {

    private final long[] calls;
    private final long[] estimated;
    private final long[] sums;
    private final long[] comparableSums;
    private final double[] variances;
    private final PackedHistogram[] counts;

    CountedCalls(int counters) {
        calls = new long[counters];
        estimated = new long[counters];
        sums = new long[counters];
        comparableSums = new long[counters];
        variances = new double[counters];
        counts = new PackedHistogram[counters];
        for (int i = 0; i < counters; i++) {
            counts[i] = Histograms.packed();
        }
    }

    /**
     * Adds a call.
     *
     * @param estimates bit n: that of counter n is one
     * @param of its counts, from {@code at} on
     */
    void add(long word, long estimates, long[] of, int at) {
        long weight = CallWords.weight(word);
        boolean outermost = CallWords.is(word, CallWords.OUTERMOST);
        boolean comparable = outermost && isKnown(of, at);
        for (int i = 0; i < sums.length; i++) {
            long count = of[at + i];
            if (count == ThreadReader.UNKNOWN) {
                continue;
            }
            calls[i] += weight;
            estimated[i] += (estimates >>> i & 1) * weight;
            sums[i] += outermost ? count * weight : 0;
            variances[i] += outermost ? DrawnCalls.variance(weight, count) : 0;
            comparableSums[i] += comparable ? count * weight : 0;
            counts[i].recordValueWithCount(count, weight);
        }
    }

    private boolean isKnown(long[] of, int at) {
        for (int i = 0; i < sums.length; i++) {
            if (of[at + i] == ThreadReader.UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    List<CounterInterval> take(List<String> names) {
        List<CounterInterval> taken = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            taken.add(new CounterInterval(
                    names.get(i),
                    calls[i],
                    estimated[i],
                    sums[i],
                    comparableSums[i],
                    Math.round(Math.sqrt(variances[i])),
                    Histograms.sum(calls[i], counts[i])));
        }
        return taken;
    }
}
