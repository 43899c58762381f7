/**
 * vperf in real JVMs: each test starts {@code java -javaagent:vperf.jar} on a program of {@code apps}, on every JDK found
 * on the machine, and looks at what came out. Programs keep their own counts, with which the dumps are compared.
 */
@NullMarked
package io.vperf.it;

import org.jspecify.annotations.NullMarked;
