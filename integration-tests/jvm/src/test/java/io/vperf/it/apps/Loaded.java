package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.util.function.IntUnaryOperator;

/** Loaded by several loaders. */
public final class Loaded implements IntUnaryOperator {

    @Override
    @Measured
    public int applyAsInt(int i) {
        return i + 1;
    }
}
