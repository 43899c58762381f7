/**
 * What VMware tells a virtual machine about itself: its guest library's statistics, and the pseudo performance counters. Only
 * with {@code vmware=on} or {@code vmware.pseudo-counters=on}; without them nothing here is called and no library is loaded.
 *
 * <p>Rules of the package: every figure is of the whole virtual machine; nobody can tell from them which vCPU or call was hit, so
 * they correct nothing. A figure that this host does not give is missing with its reason, never 0. After the machine was moved to
 * another host, resumed or reverted, totals begin anew: that interval is tainted, and has none.
 *
 * <p>Place in the flow: {@code io.vperf.shim.GuestLib} → here, by the dumper's thread → the interval snapshot.
 */
@NullMarked
package io.vperf.vmware;

import org.jspecify.annotations.NullMarked;
