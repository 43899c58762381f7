/**
 * The report as one HTML page that loads nothing: {@link io.vperf.report.html.HtmlReport} is fed interval snapshots as
 * {@link io.vperf.report.RunSummary} is, and writes the page. What a page of a day can draw is less than a dump holds, so time
 * series are kept in cells, each with the highest value of its intervals; all other figures are those of the text report. The scripts
 * and styles are resources beside the classes, and uPlot's are unpacked there by the build.
 */
@NullMarked
package io.vperf.report.html;

import org.jspecify.annotations.NullMarked;
