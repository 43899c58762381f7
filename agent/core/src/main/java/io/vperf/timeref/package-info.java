/**
 * A clock outside of the guest, asked once an interval: whether the guest's own clock keeps time with it, and whether it
 * stood still while the guest was paused, which no clock inside of the guest can show. After Danciu et al., who ask a clock
 * outside of the guest.
 *
 * <p>In the application {@link io.vperf.timeref.OutsideClock} is one daemon thread, begun only by the option
 * {@code timeref}: it sends packets to a {@link io.vperf.timeref.TimeServer} that runs elsewhere, or reads the host's clock
 * through a device, and naps in between; {@link io.vperf.timeref.OutsideTime} is what an interval's dump says of it.
 * Nothing else ever waits for that thread.
 */
@NullMarked
package io.vperf.timeref;

import org.jspecify.annotations.NullMarked;
