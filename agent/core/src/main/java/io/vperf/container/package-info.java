/**
 * What confines a process on this Linux: the container runtime that started it and the cgroups it lives in.
 *
 * <p>Rules of the package: the root of the file system and the process come in as parameters ({@code /} and {@code self}
 * in production). Cgroups are read as the reader's own cgroup namespace and mounts show them, walked from the process's
 * own up to the highest that can be seen. A cgroup without a limit and one whose limit cannot be read are told apart. No
 * content of a file makes a reader throw.
 *
 * <p>Place in the flow: {@code io.vperf.linux} → here → the run header and {@code doctor}; a sampler re-reads
 * {@link io.vperf.container.ThrottleFile}.
 */
@NullMarked
package io.vperf.container;

import org.jspecify.annotations.NullMarked;
