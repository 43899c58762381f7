package io.vperf.timeref;

import org.jspecify.annotations.Nullable;

/**
 * The time between two exchanges, by either clock.
 *
 * @param guestNs by the guest's clock
 * @param outsideNs by the outside clock
 * @param errorNs by how much the difference of the two may be wrong, as packets take time
 * @param roundTripNs of the later exchange, the shortest
 * @param ratePpm by how much the outside clock went faster than the guest's, in millionths; null where the guest's stood still
 * @param ratePpmBound by how much that may be wrong
 * @param stoodStillNs for how long the guest's clock stood still; 0 where that was for less than the bound
 * @param stoodStillBoundNs by how much that may be wrong: what packets take, and two clocks may differ in rate
 */
public record Stretch(
        long guestNs,
        long outsideNs,
        long errorNs,
        long roundTripNs,
        @Nullable Double ratePpm,
        @Nullable Double ratePpmBound,
        long stoodStillNs,
        long stoodStillBoundNs) {}
