/** The door to the Linux kernel: the C shim, libc, and their JNR-FFI bindings. Knows the kernel, not vperf. */
@NullMarked
package io.vperf.shim;

import org.jspecify.annotations.NullMarked;
