package io.vperf.export.jfr;

import io.vperf.record.IntervalSnapshot;
import io.vperf.steal.VcpuSteal;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** The steal of one vCPU, since the start of the run, as in the dump; there is none where steal is unknown. */
@Name("io.vperf.Vcpu")
@Label("Steal of a vCPU")
@Description("What a vCPU's steal counter has shown since vperf began to watch it, in steps of 10 ms")
final class VcpuEvent extends VperfEvent {

    @Label("Interval End")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long intervalEnd;

    @Label("vCPU")
    int vcpu;

    @Label("Watched")
    @Description("For how long it was watched")
    @Timespan(Timespan.NANOSECONDS)
    long watched;

    @Label("Stolen")
    @Description("What the counter grew by")
    @Timespan(Timespan.NANOSECONDS)
    long stolen;

    @Label("Attributed")
    @Description("How much of it was given to measured calls")
    @Timespan(Timespan.NANOSECONDS)
    long attributed;

    @Label("On Credit")
    @Description("Given to calls before the counter shows it")
    @Timespan(Timespan.NANOSECONDS)
    long onCredit;

    void fill(IntervalSnapshot snapshot, VcpuSteal steal) {
        intervalEnd = snapshot.endMs();
        vcpu = steal.vcpu();
        watched = steal.watchedNs();
        stolen = steal.stolenNs();
        attributed = steal.attributedNs();
        onCredit = Figures.of(steal.onCreditNs());
    }
}
