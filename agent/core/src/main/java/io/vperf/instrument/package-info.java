/**
 * Puts probes into marked methods. {@link io.vperf.instrument.MeasuredTransformer} sees every class on its way into the
 * JVM and lets almost all pass after one search for the annotation's name in their constant pool; the others are read by {@link
 * io.vperf.instrument.MeasuredScan} and rewritten by {@link io.vperf.instrument.ProbeWeaver}. Both work with the
 * ASM inside Byte Buddy alone: Byte Buddy's own types and advice would add 200 ms to the first marked class, for 600 classes
 * of its own that have to be loaded.
 *
 * <p>Rules: a class that cannot be woven is left as it is, and counted; a class's own loader is asked for nothing but the
 * probe class; classes of java.base are never changed by a user's choice.
 */
@NullMarked
package io.vperf.instrument;

import org.jspecify.annotations.NullMarked;
