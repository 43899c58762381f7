package io.vperf;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import org.jspecify.annotations.Nullable;

/** Why a run ends without a report, in words: what has been said about it may stand far back in the log, or was silenced. */
final class NothingMeasured {

    private NothingMeasured() {}

    /**
     * The most certain reason.
     *
     * @param patterns whether methods were chosen by patterns
     * @param failure what has kept measuring from beginning; null: nothing has
     */
    static String because(@Nullable Throwable failure, Health health, boolean patterns) {
        if (failure != null) {
            Throwable root = rootCause(failure);
            return "measuring was switched off, as it could not begin: " + root
                    + (root instanceof OutOfMemoryError ? "; give the JVM a larger heap with -Xmx" : "");
        }
        long failed = health.total(Trouble.CLASSES_FAILED);
        if (failed > 0) {
            return failed + (failed == 1 ? " class" : " classes")
                    + (patterns ? " to be measured" : " with io.vperf.annotations.Measured or Region")
                    + " could not be instrumented, first: "
                    + health.firstSuppressed();
        }
        if (health.total(Trouble.METHODS_LEFT_OUT) > 0) {
            return "io.vperf.annotations.Measured was found in classes of java.base only, on which vperf itself runs."
                    + " Mark the methods that call them";
        }
        if (health.total(Trouble.METHODS_SUSPENDING) > 0) {
            return "io.vperf.annotations.Measured was found on suspend functions of Kotlin only, which are not measured";
        }
        if (patterns) {
            return "no class was loaded that has methods with code that include= is about, or that carries"
                    + " io.vperf.annotations.Measured, and no io.vperf.annotations.Region was begun";
        }
        return "no class was loaded that carries io.vperf.annotations.Measured"
                + " on a method, constructor or type with code, and no io.vperf.annotations.Region was begun";
    }

    private static Throwable rootCause(Throwable t) {
        Throwable cause = t;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
