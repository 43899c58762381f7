/**
 * Events of the JDK's Flight Recorder, named {@code io.vperf.*}: what is in the dump, in a recording, for as long as one runs. {@link
 * io.vperf.export.jfr.JfrSink} stands on this side of the door: it names no class of jdk.jfr, which may be absent, and opens nothing
 * before the application, or its operator, has started the Flight Recorder. All else here is loaded after that.
 *
 * <p>JFR knows no null for numbers. What is unknown is {@link java.lang.Long#MIN_VALUE}, which the JDK's tools print as N/A; never 0.
 */
@NullMarked
package io.vperf.export.jfr;

import org.jspecify.annotations.NullMarked;
