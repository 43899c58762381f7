/** Holds what the guests recorded against the references: on the host, with none of vperf's own code. */
@NullMarked
package io.vperf.labs.steal;

import org.jspecify.annotations.NullMarked;
