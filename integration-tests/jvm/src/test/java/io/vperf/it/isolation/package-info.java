/**
 * vperf beside libraries, agents, class loaders and JVM settings it did not choose. Each test runs a program twice, without
 * and with the agent ({@link io.vperf.it.isolation.Trial}), and compares everything the program shows of itself.
 */
@NullMarked
package io.vperf.it.isolation;

import org.jspecify.annotations.NullMarked;
