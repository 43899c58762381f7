package io.vperf.export.jfr;

import io.vperf.explain.SlowCall;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** One of the slowest calls of its method in an interval; see {@link SlowCall}. */
@Name("io.vperf.SlowCall")
@Label("Slow Call")
@Description("One of the slowest calls of a measured method in an interval, or one over the threshold")
final class SlowCallEvent extends SpentEvent {

    @Label("Method")
    @Description("As vperf reports it")
    String method = "";

    @Label("Call Start")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long callStart;

    @Label("Wall Time")
    @Description("How long the call took")
    @Timespan(Timespan.NANOSECONDS)
    long wall;

    @Label("Least Stolen")
    @Description("Not less than this was stolen from it")
    @Timespan(Timespan.NANOSECONDS)
    long leastStolen;

    @Label("Most Stolen")
    @Description("Not more than this was stolen from it")
    @Timespan(Timespan.NANOSECONDS)
    long mostStolen;

    @Label("Thread Name")
    @Description("Of the thread that made the call")
    String threadName = "";

    @Label("Called By")
    @Description("The measured calls it was made from, the nearest first")
    String callers = "";

    @Label("Thrown")
    @Description("Whether it ended in an exception")
    boolean thrown;

    @Label("Stands For")
    @Description("How many calls it stands for, where calls are drawn")
    long weight;

    void fill(String name, SlowCall call) {
        method = name;
        callStart = call.startMs();
        wall = call.wallNs();
        leastStolen = Figures.of(call.leastStolenNs());
        mostStolen = Figures.of(call.mostStolenNs());
        threadName = call.thread();
        String named = String.join(" < ", call.callers());
        callers = call.callersLeftOut() == 0 ? named : named + " < " + call.callersLeftOut() + " more";
        thrown = call.thrown();
        weight = call.weight();
        spent(call.split());
    }
}
