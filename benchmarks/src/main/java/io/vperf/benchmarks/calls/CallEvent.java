package io.vperf.benchmarks.calls;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call as an event of the JDK's Flight Recorder. */
@Name(CallEvent.NAME)
@StackTrace(false)
final class CallEvent extends Event {

    static final String NAME = "vperf.bench.Call";
}
