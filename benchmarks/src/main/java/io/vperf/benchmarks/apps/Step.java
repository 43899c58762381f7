package io.vperf.benchmarks.apps;

/** What a generated class of {@link ManyClasses} does. */
public interface Step {

    /** Some arithmetic that the JVM cannot leave out. */
    int step(int x);
}
