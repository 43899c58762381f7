package io.vperf.benchmarks.calls;

import io.vperf.annotations.Measured;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * {@value #METHODS} measured methods called in turn, so that no two calls in a row are of the same: the whole agent where its
 * recorder is slowest.
 */
public class MeasuredMethods extends CallBenchmark {

    /** A power of two. */
    public static final int METHODS = 16;

    private int calls;

    @Benchmark
    public void inTurn() {
        switch (++calls & (METHODS - 1)) {
            case 0 -> method0();
            case 1 -> method1();
            case 2 -> method2();
            case 3 -> method3();
            case 4 -> method4();
            case 5 -> method5();
            case 6 -> method6();
            case 7 -> method7();
            case 8 -> method8();
            case 9 -> method9();
            case 10 -> method10();
            case 11 -> method11();
            case 12 -> method12();
            case 13 -> method13();
            case 14 -> method14();
            default -> method15();
        }
    }

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method0() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method1() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method2() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method3() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method4() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method5() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method6() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method7() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method8() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method9() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method10() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method11() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method12() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method13() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method14() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void method15() {}
}
