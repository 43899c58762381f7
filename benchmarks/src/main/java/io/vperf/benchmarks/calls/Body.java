package io.vperf.benchmarks.calls;

import org.openjdk.jmh.annotations.CompilerControl;

/** The empty method of the rows whose measuring stands around a call and not inside the method. */
final class Body {

    private Body() {}

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void empty() {}
}
