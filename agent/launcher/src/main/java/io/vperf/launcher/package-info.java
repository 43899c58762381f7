/**
 * The only plain classes of vperf.jar besides {@code io.vperf.bootstrap}: they are on the application's class path, so
 * they are few and use the JDK only. They put the probe classes on the boot loader, load the core where nobody else finds
 * it, and hand over. Nothing here throws into the JVM's start.
 */
@NullMarked
package io.vperf.launcher;

import org.jspecify.annotations.NullMarked;
