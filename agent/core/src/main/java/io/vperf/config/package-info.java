/**
 * What the user asked for: every option of vperf, read once at start-up into one immutable {@link
 * io.vperf.config.Options}, or a complete list of what is wrong with it.
 *
 * <p>Place in the flow: {@code launcher} → {@link io.vperf.config.ConfigReader} → {@link io.vperf.config.Options} → every
 * other package. A new option is one entry of {@code OptionTable} and the {@code Options} component that carries its
 * value; parsing, error texts and {@link io.vperf.config.Help} follow from the entry.
 *
 * <p>Rules: this code runs before the application's {@code main}, so the path of a correct and simple option string uses
 * no regular expression, stream, lambda, {@code String.format} or {@code +} between strings (which is an {@code
 * invokedynamic} call whose first use costs milliseconds); error and help texts may. Nothing here reads a global: the
 * sources of values are parameters, except in {@link io.vperf.config.ConfigReader#ofThisProcess}; which texts are paths is the
 * file system's to say. Nothing here throws on
 * any input of a user.
 */
@NullMarked
package io.vperf.config;

import org.jspecify.annotations.NullMarked;
