package io.vperf;

import io.vperf.config.Options;
import io.vperf.record.Budget;
import io.vperf.record.CallSources;
import io.vperf.record.ProbeCost;
import io.vperf.record.SamplingRehearsal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes of the option what the recording needs to know. */
final class Budgets {

    private static final long UNKNOWN = -1;

    private Budgets() {}

    /** Null if there is none; otherwise takes some milliseconds on the calling thread. */
    static @Nullable Budget of(Options options, CallSources sources) {
        if (options.budgetPpm() == 0) {
            return null;
        }
        SamplingRehearsal.run(sources);
        long callNs = ProbeCost.callNs(sources);
        return new Budget(
                options.budgetPpm(),
                callNs,
                Budget.drawnNs(callNs, sources.cpu().callNs()),
                Budgets::processCpuNs,
                System.nanoTime());
    }

    /** Without java.management, whose classes take long to load. */
    private static long processCpuNs() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(UNKNOWN);
    }
}
