/**
 * The way of one measured call: {@link io.vperf.record.CallRecorder} takes the readings, {@link
 * io.vperf.record.ThreadFrames} holds the calls in progress of one thread, finished short calls go through the thread's
 * {@link io.vperf.record.Journal} into the {@link io.vperf.record.MethodStats} of their method; long ones wait in {@link
 * io.vperf.record.DeferredCalls} until {@code io.vperf.steal} can say what was stolen from them. At the end of an
 * interval {@link io.vperf.record.Recording} takes one snapshot, which every exporter gets.
 *
 * <p>With a {@link io.vperf.record.Budget}, {@link io.vperf.record.SamplingRecorder} stands before all that and lets one in N
 * calls of a hot method through; the rest are counted.
 *
 * <p>Rules: on the path of a call nothing is allocated, locked, logged or boxed. Raw values are never altered. A call is
 * in the raw histogram if and only if it is in the corrected one. Locks are taken in the order journal, method.
 */
@NullMarked
package io.vperf.record;

import org.jspecify.annotations.NullMarked;
