package io.vperf.benchmarks;

import io.vperf.benchmarks.calls.Count;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.BenchmarkResultMetaData;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * A benchmark of JMH, one fork a round.
 *
 * @param parent what the user gave JMH: iterations and their length
 * @param benchmark {@code Class.method} in the package {@code calls}
 * @param jvmArgs of the fork, by the trial's folder
 */
record JmhRow(
        String id, Options parent, String benchmark, int threads, Function<Path, List<String>> jvmArgs, Proof proof)
        implements Row {

    @Override
    public Sample run(Path folder) throws UnprovenException {
        List<String> args = new ArrayList<>(jvmArgs.apply(folder));
        args.add("-D" + Count.FOLDER + "=" + folder);
        Path log = folder.resolve("jmh.log");
        Options options = new OptionsBuilder()
                .parent(parent)
                .include("^" + ("io.vperf.benchmarks.calls." + benchmark).replace(".", "\\.") + "$")
                .threads(threads)
                .forks(1)
                .jvmArgs(args.toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessCpu.class)
                .shouldFailOnError(true)
                .output(log.toString())
                .build();
        RunResult result;
        try {
            result = new Runner(options).runSingle();
        } catch (RunnerException e) {
            throw new UnprovenException("JMH failed, see " + log, e);
        }
        long calls = 0;
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            BenchmarkResultMetaData made = fork.getMetadata();
            calls += made.getWarmupOps() + made.getMeasurementOps();
        }
        double callNs = result.getPrimaryResult().getScore();
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.CALL_NS, callNs);
        metrics.put(Metric.CALL_CPU_NS, secondary(result, ProcessCpu.LABEL));
        metrics.put(Metric.CALL_BYTES, secondary(result, "gc.alloc.rate.norm"));
        return new Sample(metrics, proof.check(new Trial(folder, calls, callNs)), "");
    }

    private static double secondary(RunResult result, String label) throws UnprovenException {
        for (Map.Entry<String, ? extends Result<?>> entry : secondaries(result).entrySet()) {
            if (entry.getKey().endsWith(label)) {
                return entry.getValue().getScore();
            }
        }
        throw new UnprovenException("JMH has no " + label);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // JMH's raw type
    private static Map<String, ? extends Result<?>> secondaries(RunResult result) {
        return (Map) result.getSecondaryResults();
    }
}
