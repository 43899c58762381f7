/**
 * The live table of {@code top}: {@link io.vperf.top.Poll} reads another JVM's bean, {@link io.vperf.top.LiveTable} makes lines of it,
 * {@link io.vperf.top.TopScreen} shows them on a terminal and {@link io.vperf.top.PlainTables} anywhere else. Loaded by nobody else.
 */
@NullMarked
package io.vperf.top;

import org.jspecify.annotations.NullMarked;
