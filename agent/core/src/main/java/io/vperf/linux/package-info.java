/**
 * What Linux says in text: pure parsers of {@code /proc} and {@code /sys} files, each with a thin reader.
 *
 * <p>Rules of the package: the root of the file system comes in as a parameter ({@code /} in production). No content of
 * a file makes a reader throw; what cannot be read or understood is {@code Unavailable} with its reason. A missing field
 * is never a 0. Nothing here draws conclusions: that is the business of {@code io.vperf.platform}.
 *
 * <p>Place in the flow: kernel → here → {@code io.vperf.platform} at start, and {@code io.vperf.steal}, whose sampler
 * reads {@link io.vperf.linux.ProcStat} some ten times a second.
 */
@NullMarked
package io.vperf.linux;

import org.jspecify.annotations.NullMarked;
