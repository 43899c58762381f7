/** Opens the door: premain, agentmain, main; loads the core where nobody else finds it. */
@NullMarked
package io.vperf.launcher;

import org.jspecify.annotations.NullMarked;
