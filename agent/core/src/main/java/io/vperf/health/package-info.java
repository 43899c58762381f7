/**
 * What went wrong or was refused, counted. Every other package counts here; the totals stand in every dump and report, so
 * that nothing is dropped, clamped or swallowed unseen. Depends on nothing.
 */
@NullMarked
package io.vperf.health;

import org.jspecify.annotations.NullMarked;
