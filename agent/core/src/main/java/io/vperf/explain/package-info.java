/**
 * Where a call's time went: its wall time as one partition, and the slowest calls kept whole. {@link io.vperf.explain.Explainer}
 * puts a long call's parts together when the counters have told what was stolen from it; {@link
 * io.vperf.explain.WallSplit} holds them, of a call or added up.
 *
 * <p>Rules: the parts of a call add up to its wall time, exactly. What two sources cannot tell apart is one part with a name of its
 * own ({@link io.vperf.explain.Part}). Nothing here is asked on application threads.
 *
 * <p>Place in the flow: {@code io.vperf.steal}, {@code io.vperf.container} → here → {@code io.vperf.record}.
 */
@NullMarked
package io.vperf.explain;

import org.jspecify.annotations.NullMarked;
