package io.vperf.compare;

import io.vperf.report.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;

/**
 * The bootstrap: how far a figure may lie from what other runs of the same program would have given. Runs are drawn with
 * replacement, then blocks of each; of a single run its blocks only. The standard deviation of a figure over {@value #DRAWS} such
 * draws, times the square root of n/(n−1), is its standard error (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
 * chapters 6 and 8; blocks: Künsch, Annals of Statistics 17, 1989; runs before what is within them: Kalibera and Jones, Rigorous
 * Benchmarking in Reasonable Time, ISMM 2013; the factor: Hesterberg, The American Statistician 69, 2015). Draws are the same each
 * time.
 */
final class Resampling {

    /** Efron and Tibshirani: "seldom are more than 200 needed" for a standard error. */
    static final int DRAWS = 400;

    private static final long SEED = 0x5eed_0f_7e57L;

    private final List<Sample> blocks = new ArrayList<>();

    /** How often each block was taken, by draw. */
    private final int[][] weights;

    private final double correction;

    Resampling(List<List<Sample>> runs) {
        runs.forEach(blocks::addAll);
        weights = new int[DRAWS][blocks.size()];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int[] draw : weights) {
            for (int i = 0; i < runs.size(); i++) {
                draw(runs, runs.size() == 1 ? 0 : random.nextInt(runs.size()), draw, random);
            }
        }
        int units = runs.size() == 1 ? blocks.size() : runs.size();
        correction = units < 2 ? Double.NaN : Math.sqrt((double) units / (units - 1));
    }

    private static void draw(List<List<Sample>> runs, int run, int[] draw, SplittableRandom random) {
        int first = 0;
        for (int i = 0; i < run; i++) {
            first += runs.get(i).size();
        }
        int size = runs.get(run).size();
        for (int i = 0; i < size; i++) {
            draw[first + random.nextInt(size)]++;
        }
    }

    /** Of every figure that is known and has one. */
    Map<Figure, Double> errors() {
        Map<Figure, Double> errors = new HashMap<>();
        for (Metric metric : Metric.values()) {
            if (blocks.stream().anyMatch(b -> b.sumNs(metric) != null)) {
                errors.put(new Figure(metric, Figure.SUM), deviation(drawn(s -> sum(s, metric))) * correction);
                if (metric == Metric.SELF) {
                    errors.put(new Figure(metric, Figure.MEAN), error(s -> sum(s, metric), Sample::measured));
                }
            }
            if (blocks.stream().anyMatch(b -> b.times(metric) != null)) {
                addTimes(metric, errors);
            }
        }
        return errors;
    }

    private static double sum(Sample s, Metric metric) {
        Long ns = s.sumNs(metric);
        return ns == null ? 0 : ns;
    }

    /** Of one sum over another. */
    double error(ToDoubleFunction<Sample> of, ToDoubleFunction<Sample> by) {
        double[] sums = drawn(of);
        double[] counts = drawn(by);
        for (int draw = 0; draw < DRAWS; draw++) {
            sums[draw] = counts[draw] == 0 ? 0 : sums[draw] / counts[draw];
        }
        return deviation(sums) * correction;
    }

    /** A sum over all blocks, by draw. */
    private double[] drawn(ToDoubleFunction<Sample> of) {
        double[] ofBlock = blocks.stream().mapToDouble(of).toArray();
        double[] sums = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int block = 0; block < ofBlock.length; block++) {
                sums[draw] += weights[draw][block] * ofBlock[block];
            }
        }
        return sums;
    }

    private void addTimes(Metric metric, Map<Figure, Double> errors) {
        TreeMap<Long, long[]> byValue = new TreeMap<>();
        TreeMap<Long, Double> middles = new TreeMap<>();
        for (int block = 0; block < blocks.size(); block++) {
            PackedHistogram times = blocks.get(block).times(metric);
            if (times == null) {
                continue;
            }
            for (HistogramIterationValue value : times.recordedValues()) {
                long ns = value.getValueIteratedTo();
                byValue.computeIfAbsent(ns, key -> new long[blocks.size()])[block] = value.getCountAtValueIteratedTo();
                middles.put(ns, (double) times.medianEquivalentValue(ns));
            }
        }
        double[] values = byValue.keySet().stream().mapToDouble(ns -> ns).toArray();
        double[] middle = middles.values().stream().mapToDouble(ns -> ns).toArray();
        long[][] counts = byValue.values().toArray(new long[0][]);
        List<String> keys = new ArrayList<>(List.of(Figure.MEAN));
        keys.addAll(Amounts.percentiles().keySet());
        double[][] drawn = new double[keys.size()][DRAWS];
        long[] sums = new long[values.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            long total = 0;
            double ns = 0;
            for (int i = 0; i < values.length; i++) {
                long sum = 0;
                for (int block = 0; block < weights[draw].length; block++) {
                    sum += counts[i][block] * weights[draw][block];
                }
                sums[i] = sum;
                total += sum;
                ns += sum * middle[i];
            }
            drawn[0][draw] = total == 0 ? 0 : ns / total;
            int key = 1;
            for (double percentile : Amounts.percentiles().values()) {
                drawn[key++][draw] = at(percentile, values, sums, total);
            }
        }
        for (int key = 0; key < drawn.length; key++) {
            Figure figure = new Figure(metric, keys.get(key));
            if (figure.hasNoise()) {
                errors.put(figure, deviation(drawn[key]) * correction);
            }
        }
    }

    private static double at(double percentile, double[] values, long[] counts, long total) {
        double rank = Math.max(1, Math.ceil(percentile / 100 * total));
        long seen = 0;
        for (int i = 0; i < values.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return values[i];
            }
        }
        return values.length == 0 ? 0 : values[values.length - 1];
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
