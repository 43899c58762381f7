package io.vperf.export.jfr;

import io.vperf.record.IntervalSnapshot;
import java.util.Map;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

/** One interval. Periodic, so that the running one ends, and is written, before the chunk of a recording does. */
@Name("io.vperf.Interval")
@Label("Interval")
@Description("One interval of vperf, and whether its figures can be trusted")
@Period("endChunk")
final class IntervalEvent extends VperfEvent {

    @Label("Interval Start")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long intervalStart;

    @Label("Interval End")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long intervalEnd;

    @Label("Methods")
    @Description("With calls in the interval, or in flight at its end")
    int methods;

    @Label("Most Stolen")
    @Description("The most that can have been stolen from all vCPUs since the start of the run")
    @Timespan(Timespan.NANOSECONDS)
    long mostStolen;

    @Label("Tainted")
    @Description("Why no method has corrected times in it though steal is known; null: it is not tainted")
    @Nullable
    String tainted;

    @Label("Suspended")
    @Description("Whether measuring was suspended in it: what calls there were is unknown")
    boolean suspended;

    @Label("Probe")
    @Description("What measuring a call costs by the interval's end")
    @Timespan(Timespan.NANOSECONDS)
    long probe;

    @Label("Health")
    @Description("Counts of trouble since the start of the run; empty: none")
    String health = "";

    void fill(IntervalSnapshot snapshot) {
        intervalStart = snapshot.startMs();
        intervalEnd = snapshot.endMs();
        methods = snapshot.methods().size();
        mostStolen = Figures.of(snapshot.mostStolenNs());
        tainted = snapshot.tainted();
        suspended = snapshot.suspended();
        probe = Figures.of(snapshot.probeNs());
        StringBuilder counts = new StringBuilder();
        for (Map.Entry<String, Long> count : snapshot.health().entrySet()) {
            counts.append(counts.length() == 0 ? "" : ", ")
                    .append(count.getKey())
                    .append(": ")
                    .append(count.getValue());
        }
        health = counts.toString();
    }
}
