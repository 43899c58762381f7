/**
 * What is counted of a call besides its time: hardware and software events, and bytes allocated. Each is there and was seen to
 * count true at the start, or absent with the reason.
 */
@NullMarked
package io.vperf.counters;

import org.jspecify.annotations.NullMarked;
