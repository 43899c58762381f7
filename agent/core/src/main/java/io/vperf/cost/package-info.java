/**
 * What readings and measured calls cost on this machine, for {@code java -jar vperf.jar cost}: {@link
 * io.vperf.cost.Measurement} measures them with the clocks and the recording of the agent, {@link io.vperf.cost.CostTable}
 * prints them. Runs in a JVM of its own, on its main thread.
 */
@NullMarked
package io.vperf.cost;

import org.jspecify.annotations.NullMarked;
