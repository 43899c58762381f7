/**
 * What people read. {@link io.vperf.report.RunSummary} adds up interval snapshots, whether they come from a running JVM or
 * from dump files, so both print the same; {@link io.vperf.report.TextReport} turns it into text. Needs no agent.
 */
@NullMarked
package io.vperf.report;

import org.jspecify.annotations.NullMarked;
