/** Other JVMs of this machine, seen from outside: which there are, and vperf's way into them and out. */
@NullMarked
package io.vperf.attach;

import org.jspecify.annotations.NullMarked;
