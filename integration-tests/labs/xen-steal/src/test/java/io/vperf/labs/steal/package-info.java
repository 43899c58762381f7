@NullMarked
package io.vperf.labs.steal;

import org.jspecify.annotations.NullMarked;
