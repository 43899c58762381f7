package io.vperf.benchmarks.apps;

/** What the generated class of {@link ManyMethods} can do. */
public interface Calls {

    /** Calls each of its measured methods once, which spin for that long. */
    void callAll(long ns);
}
