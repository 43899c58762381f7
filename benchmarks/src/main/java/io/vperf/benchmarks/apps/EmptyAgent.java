package io.vperf.benchmarks.apps;

import java.lang.instrument.Instrumentation;

/** Does nothing. */
public final class EmptyAgent {

    private EmptyAgent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {}
}
