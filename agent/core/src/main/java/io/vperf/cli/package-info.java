/** The command line of {@code java -jar vperf.jar}, one picocli tree. Runs in a JVM of its own, never in the agent's. */
@NullMarked
package io.vperf.cli;

import org.jspecify.annotations.NullMarked;
