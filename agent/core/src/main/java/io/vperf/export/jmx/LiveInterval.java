package io.vperf.export.jmx;

import io.vperf.record.IntervalSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An interval as the bean shows it; see {@link IntervalSnapshot}. A bean, as JMX knows records from JDK 21 on only. */
public final class LiveInterval {

    private final IntervalSnapshot interval;

    LiveInterval(IntervalSnapshot interval) {
        this.interval = interval;
    }

    /** In ISO 8601, UTC. */
    public String getStart() {
        return Instant.ofEpochMilli(interval.startMs()).toString();
    }

    /** In ISO 8601, UTC. */
    public String getEnd() {
        return Instant.ofEpochMilli(interval.endMs()).toString();
    }

    /** Whether measuring was suspended in it. */
    public boolean isSuspended() {
        return interval.suspended();
    }

    /** Why it has no corrected times though steal is known. */
    public @Nullable String getTainted() {
        return interval.tainted();
    }

    /** What measuring a call costs. */
    public @Nullable Long getProbeNs() {
        return interval.probeNs();
    }

    /** The most that can have been stolen from all vCPUs since the start of the run. */
    public @Nullable Long getMostStolenNs() {
        return interval.mostStolenNs();
    }
}
