/**
 * The classes that measured application code calls. They live on the boot loader, where every class finds them, and use
 * nothing but {@code java.base}. Everything behind them is reached through one interface, {@link
 * io.vperf.bootstrap.ProbeHandler}, whose implementation lives in the agent's own class loader.
 *
 * <p>Place in the flow: application class → {@link io.vperf.bootstrap.Probe} → {@code io.vperf.record}.
 */
@NullMarked
package io.vperf.bootstrap;

import org.jspecify.annotations.NullMarked;
