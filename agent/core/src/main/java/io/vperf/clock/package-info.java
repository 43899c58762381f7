/**
 * What a reading is made of: wall time, the calling thread's CPU time, the vCPU it runs on. Each clock is one small
 * interface, so that a cheaper source can take its place. Uses {@code io.vperf.shim}; used by {@code record}.
 */
@NullMarked
package io.vperf.clock;

import org.jspecify.annotations.NullMarked;
