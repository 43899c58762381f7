/**
 * Applications whose start, memory or threads are looked at. Each prints what it found as lines {@code name=number}.
 * Where one needs many classes or methods, they are generated into a jar beforehand.
 */
@NullMarked
package io.vperf.benchmarks.apps;

import org.jspecify.annotations.NullMarked;
