/** Locks that application threads take in probes. Uses {@code io.vperf.shim}; used by {@code explain} and {@code record}. */
@NullMarked
package io.vperf.lock;

import org.jspecify.annotations.NullMarked;
