/**
 * The run as metrics, for Prometheus and whatever reads its formats; loaded only with the option {@code http}. {@link
 * io.vperf.export.prometheus.PrometheusExporter} gets each interval's snapshot on the dumper's thread and adds it to {@code
 * RunMetrics}; what is asked for over HTTP is made of that by Prometheus' own library, once an interval and format, on the one
 * thread {@code vperf-http-server}. What is unknown has no series; sums hold what is known.
 *
 * <p>The server is vperf's own, and small. The JDK's takes its time limits and its limit of connections from system properties
 * of the whole JVM, which are the application's to set, and is not in every image that jlink made; microhttp 0.11 limits neither how
 * many connect nor how long they take for their answer, so that clients could use up the application's file descriptors; those that
 * limit both, as Netty's and Jetty's, are larger than the rest of vperf.
 */
@NullMarked
package io.vperf.export.prometheus;

import org.jspecify.annotations.NullMarked;
