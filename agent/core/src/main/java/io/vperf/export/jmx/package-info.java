/**
 * What is measured, live, and switches for it, as an MXBean for JConsole, VisualVM and programs. {@link
 * io.vperf.export.jmx.LiveFigures} keeps what the bean shows and needs nothing of JMX; {@link io.vperf.export.jmx.Registration} is used
 * only once the JVM has a server for beans, which vperf does not make it create.
 */
@NullMarked
package io.vperf.export.jmx;

import org.jspecify.annotations.NullMarked;
