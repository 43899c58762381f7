package io.vperf.export.jfr;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

/** What all events share. Their own start is when the interval was written: an application can set no other. */
@Category("vperf")
@Registered(false) // JfrEvents does, once the Flight Recorder is there
@StackTrace(false) // it would be the dumper's
abstract class VperfEvent extends Event {}
