package io.vperf.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An application in a JVM of its own. It prints {@code calls=N}, the calls of measured methods it made.
 *
 * @param jvmArgs by the trial's folder
 * @param application class path, main class and arguments
 * @param reading what is taken from it
 */
record ProcessRow(
        String id,
        int passes,
        Function<Path, List<String>> jvmArgs,
        List<String> application,
        Reading reading,
        Proof proof)
        implements Row {

    /** Takes the metrics out of what the application said. */
    @FunctionalInterface
    interface Reading {
        Map<Metric, Double> of(Child child) throws UnprovenException;
    }

    @Override
    public Sample run(Path folder) throws UnprovenException {
        List<String> arguments = new ArrayList<>(jvmArgs.apply(folder));
        arguments.addAll(application);
        Child child = Child.run(folder, arguments);
        String proven = proof.check(new Trial(folder, child.number("calls"), 0));
        return new Sample(reading.of(child), proven, "");
    }
}
