package io.vperf.export.jmx;

import io.vperf.explain.Part;
import io.vperf.explain.WallSplit;
import io.vperf.record.MethodInterval;
import io.vperf.report.MethodTotals;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A method as the bean shows it. Times in nanoseconds; what is unknown is null. A bean, as JMX knows records from JDK 21 on only.
 */
public final class LiveMethod {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private static final List<String> CORRECTED =
            List.of("correctedP50Ns", "correctedP90Ns", "correctedP99Ns", "correctedP999Ns", "correctedMaxNs");

    private final MethodTotals totals;
    private final @Nullable Long[] raw;
    private final @Nullable Long[] corrected;

    private LiveMethod(MethodTotals totals) {
        this.totals = totals;
        this.raw = percentiles(totals.wall());
        this.corrected = percentiles(totals.corrected());
    }

    static LiveMethod of(MethodInterval m) {
        return new LiveMethod(MethodTotals.of(m));
    }

    static LiveMethod of(MethodTotals totals) {
        return new LiveMethod(totals);
    }

    private static @Nullable Long[] percentiles(@Nullable AbstractHistogram times) {
        @Nullable Long[] values = new @Nullable Long[PERCENTILES.length];
        for (int i = 0; i < PERCENTILES.length && times != null && times.getTotalCount() > 0; i++) {
            values[i] = PERCENTILES[i] < 100 ? times.getValueAtPercentile(PERCENTILES[i]) : times.getMaxValue();
        }
        return values;
    }

    public String getName() {
        return totals.name();
    }

    public long getCalls() {
        return totals.calls();
    }

    public @Nullable Long getExceptions() {
        return totals.exceptions();
    }

    public long getInFlight() {
        return totals.inFlight();
    }

    public @Nullable Long getWallNs() {
        return totals.wallNs();
    }

    public @Nullable Long getSelfNs() {
        return totals.selfNs();
    }

    /** Of the calls for which it is known. */
    public @Nullable Long getCpuNs() {
        return totals.cpuNs();
    }

    public long getCpuUnknownCalls() {
        return totals.cpuUnknownCalls();
    }

    public @Nullable Long getStolenNs() {
        return totals.stolenNs();
    }

    /** The true sum is within so much of {@link #getStolenNs}. */
    public @Nullable Long getStolenBoundNs() {
        return totals.boundNs();
    }

    /** Wall time less what was stolen, of the intervals in which that is known. */
    public @Nullable Long getCorrectedNs() {
        return totals.correctedNs();
    }

    /** Where the wall time went, in nanoseconds, by the dump's names of {@link Part}s; those of 0 are left out. Null where unknown. */
    public @Nullable Map<String, Long> getPartsNs() {
        WallSplit split = totals.split();
        if (split == null) {
            return null;
        }
        Map<String, Long> parts = new LinkedHashMap<>();
        split.parts().forEach((part, ns) -> {
            if (ns > 0) {
                parts.put(part.key(), ns);
            }
        });
        return parts;
    }

    public @Nullable Long getP50Ns() {
        return raw[0];
    }

    public @Nullable Long getP90Ns() {
        return raw[1];
    }

    public @Nullable Long getP99Ns() {
        return raw[2];
    }

    public @Nullable Long getP999Ns() {
        return raw[3];
    }

    public @Nullable Long getMaxNs() {
        return raw[4];
    }

    public @Nullable Long getCorrectedP50Ns() {
        return corrected[0];
    }

    /** The true one is within so much of it. */
    public @Nullable Long getCorrectedP50BoundNs() {
        return totals.correctedBoundNs(PERCENTILES[0]);
    }

    public @Nullable Long getCorrectedP90Ns() {
        return corrected[1];
    }

    /** The true one is within so much of it. */
    public @Nullable Long getCorrectedP90BoundNs() {
        return totals.correctedBoundNs(PERCENTILES[1]);
    }

    public @Nullable Long getCorrectedP99Ns() {
        return corrected[2];
    }

    /** The true one is within so much of it. */
    public @Nullable Long getCorrectedP99BoundNs() {
        return totals.correctedBoundNs(PERCENTILES[2]);
    }

    public @Nullable Long getCorrectedP999Ns() {
        return corrected[3];
    }

    /** The true one is within so much of it. */
    public @Nullable Long getCorrectedP999BoundNs() {
        return totals.correctedBoundNs(PERCENTILES[3]);
    }

    public @Nullable Long getCorrectedMaxNs() {
        return corrected[4];
    }

    /** The true one is within so much of it. */
    public @Nullable Long getCorrectedMaxBoundNs() {
        return totals.correctedBoundNs(PERCENTILES[4]);
    }

    /** Names of those corrected figures that may as well be raw: they were corrected by less than they may be wrong, or less than surely. */
    public Set<String> getUncertain() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < PERCENTILES.length; i++) {
            if (corrected[i] != null && totals.isUncertain(PERCENTILES[i])) {
                names.add(CORRECTED.get(i));
            }
        }
        return names;
    }
}
