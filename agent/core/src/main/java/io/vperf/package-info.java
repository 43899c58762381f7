/** The composition root. */
@NullMarked
package io.vperf;

import org.jspecify.annotations.NullMarked;
