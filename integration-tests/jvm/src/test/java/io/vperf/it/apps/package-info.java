/** Programs that run in JVMs of their own, under the agent. They use the annotation and nothing else of vperf. */
@NullMarked
package io.vperf.it.apps;

import org.jspecify.annotations.NullMarked;
