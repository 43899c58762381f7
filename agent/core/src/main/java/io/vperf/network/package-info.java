/**
 * What passed through the network interfaces and InfiniBand ports of this machine, as differences between two readings. Only with
 * {@code network=on}; without it nothing here is called and no file is opened.
 *
 * <p>Rules of the package: the root of the file system comes in as a parameter. No content of a file makes a reader throw, and no
 * value comes out that was not in one. A difference that cannot be told, because a counter was set back, is unknown, not 0. The
 * counters are the kernel's for a whole network namespace: other processes in it are counted, too.
 *
 * <p>Place in the flow: {@code /proc} and {@code /sys} → here, by the dumper's thread → the interval snapshot.
 */
@NullMarked
package io.vperf.network;

import org.jspecify.annotations.NullMarked;
