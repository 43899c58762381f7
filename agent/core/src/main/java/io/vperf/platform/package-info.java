/**
 * What machine this is: which hypervisor, whether its steal is counted, and whether thread CPU time contains it, as every
 * start needs to know ({@link io.vperf.platform.Platform}); and all else that shows of it, for those who ask
 * ({@link io.vperf.platform.VirtualSystem}).
 *
 * <p>Rules of the package: every verdict carries what was looked at and what it said, as sentences for a person. What the
 * evidence does not decide stays unknown; a hint is told as a hint and decides nothing. Deciding is pure, reading comes
 * before it; the root of the file system and the CPUID instruction come in as parameters.
 *
 * <p>Place in the flow: {@code io.vperf.linux} → here → the dump, {@code doctor} and {@code io.vperf.steal}.
 */
@NullMarked
package io.vperf.platform;

import org.jspecify.annotations.NullMarked;
