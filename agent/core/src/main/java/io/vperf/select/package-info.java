/**
 * Which methods are measured although nobody has marked them: the patterns of the options {@code include} and {@code exclude}.
 * {@link io.vperf.select.Patterns} reads them, once, and tells all that is wrong at once; {@link io.vperf.select.Selection}
 * answers for a class what they choose. The agent and the command {@code match} ask the same one.
 *
 * <p>Rules: pure, of no file, no class loader and no library; what a class is made of comes in as {@link
 * io.vperf.select.ClassFacts}, of other types through {@link io.vperf.select.TypeFinder}. This code runs on threads that load
 * classes and before {@code main}: no regular expression, stream, lambda or {@code +} between strings where nothing is wrong
 * (first uses that cost milliseconds), and no record is hashed.
 */
@NullMarked
package io.vperf.select;

import org.jspecify.annotations.NullMarked;
