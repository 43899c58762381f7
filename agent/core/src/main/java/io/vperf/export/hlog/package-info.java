/**
 * Dump files: HdrHistogram's interval log, format 1.3, which every HdrHistogram tool reads, one line per method and metric
 * with a tag; beside it {@code #vperf {json}} comment lines with what is no histogram. {@link
 * io.vperf.export.hlog.HlogWriter} writes on the dumper's thread, {@link io.vperf.export.hlog.HlogReader} reads offline.
 */
@NullMarked
package io.vperf.export.hlog;

import org.jspecify.annotations.NullMarked;
