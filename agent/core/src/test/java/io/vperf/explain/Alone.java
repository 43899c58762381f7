package io.vperf.explain;

import io.vperf.platform.KernelKind;
import io.vperf.steal.LongCall;
import io.vperf.steal.Verdict;
import org.jspecify.annotations.Nullable;

/** Explains one call that shares its time with no other. */
final class Alone {

    private Alone() {}

    static CallSplit explain(
            Explainer by,
            LongCall call,
            @Nullable Verdict verdict,
            KernelKind kind,
            OffCpu off,
            long stolenMeanwhileNs) {
        by.batchBegins();
        by.claim(call, verdict, kind, off);
        return by.explain(call, verdict, kind, off, stolenMeanwhileNs);
    }
}
