/**
 * When the JVM stopped all of its Java threads, as a timeline beside the calls': garbage collections and other safepoints, with begin
 * and end.
 *
 * <p>Rules of the package: a pause is a safepoint, during which no Java code of this JVM runs. Work of a collector beside
 * the application is none, however much CPU time it takes; nor is a handshake with a single thread, nor the wait of a single thread
 * for memory (allocation stall). Pauses are an overlay: a thread in native code or blocked is not stopped by them, so they are laid
 * beside a call's parts and never subtracted. What is not known is unknown, never 0.
 *
 * <p>Two sources, see {@link io.vperf.pauses.Pauses}: the JVM's own safepoint log ({@link io.vperf.pauses.SafepointLog}), and its
 * counters ({@link io.vperf.pauses.SafepointCounters}), which tell how many and how long, but not when. The log
 * is exact; the counters tell whether it was read to its end, and stand in for it where it is not to be had.
 *
 * <p>Place in the flow: JVM → here, by the sampler's thread → finished long calls, and one {@link io.vperf.pauses.PauseInterval}
 * an interval.
 */
@NullMarked
package io.vperf.pauses;

import org.jspecify.annotations.NullMarked;
