/**
 * Puts probes into methods that are marked or that patterns choose. {@link io.vperf.instrument.MeasuredTransformer} sees every class on its way into the
 * JVM and lets almost all pass after one search for the annotation's name in their constant pool, and a look at their name if
 * there are patterns; the others are read by {@link io.vperf.instrument.MeasuredScan} and {@link
 * io.vperf.instrument.ClassFactsReader} and rewritten by {@link io.vperf.instrument.ProbeWeaver}. Both work with the
 * ASM inside Byte Buddy alone: Byte Buddy's own types and advice would add 200 ms to the first marked class, for 600 classes
 * of its own that have to be loaded.
 *
 * <p>Rules: a class that cannot be woven is left as it is, and counted; a class's own loader is asked for nothing but the
 * probe class and, where patterns are about supertypes or annotations, for the class files of these; classes of java.base are never changed by a user's choice.
 */
@NullMarked
package io.vperf.instrument;

import org.jspecify.annotations.NullMarked;
