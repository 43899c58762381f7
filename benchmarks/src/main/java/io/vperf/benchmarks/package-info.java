/** What vperf costs, side by side with what it is compared with, in one run. Run with {@code ./mvnw -Pbench verify}. */
@NullMarked
package io.vperf.benchmarks;

import org.jspecify.annotations.NullMarked;
