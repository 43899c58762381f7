/** Runs in the emulated arm64 machine: vperf's own counter classes against work of known instruction count. */
@NullMarked
package io.vperf.labs.pmu;

import org.jspecify.annotations.NullMarked;
