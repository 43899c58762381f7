/**
 * The composition root: {@link io.vperf.Vperf} is where the launcher hands over, {@link io.vperf.Session} puts the parts of
 * a run together. Nothing else knows all packages.
 */
@NullMarked
package io.vperf;

import org.jspecify.annotations.NullMarked;
