/** Parts of ours inside the peers' agents: they count what the agent has measured. */
@NullMarked
package io.vperf.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
