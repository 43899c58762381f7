/**
 * From interval snapshots to what people and tools read. {@link io.vperf.export.Dumper}, one daemon thread, takes the
 * snapshot at the end of each interval and gives the same one to every exporter; exporters share nothing else.
 */
@NullMarked
package io.vperf.export;

import org.jspecify.annotations.NullMarked;
