package io.vperf.benchmarks;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Starts JMH with the agent in every fork. Arguments are JMH's. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        String jar = System.getProperty("vperf.bench.jar");
        if (jar == null) {
            throw new IllegalArgumentException("set -Dvperf.bench.jar to the path of vperf.jar");
        }
        new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .jvmArgsAppend("-javaagent:" + jar + "=report=off,dump=off")
                        .build())
                .run();
    }
}
