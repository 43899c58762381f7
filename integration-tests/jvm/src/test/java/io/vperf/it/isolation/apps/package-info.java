/** Programs that are hard to be a guest in. They print nothing that differs from run to run. */
@NullMarked
package io.vperf.it.isolation.apps;

import org.jspecify.annotations.NullMarked;
