package io.vperf.timeref;

/**
 * The outside clock and the guest's at one moment, as the best of some readings has them.
 *
 * @param guestNs by the guest's clock
 * @param outsideNs by the outside clock
 * @param errorNs by how much the difference of the two may be wrong
 * @param roundTripNs how long asking took, by the guest's clock
 * @param source another one when the outside clock has begun anew
 * @param raw whether neither of the two clocks is ever slewed or set
 */
record Sample(long guestNs, long outsideNs, long errorNs, long roundTripNs, long source, boolean raw) {

    /**
     * From the four times of an exchange. Packets take some time, no less than none, on either way. So what the outside clock
     * is ahead by is at most received − asked, and at least sent − answered.
     *
     * @param askedNs by the guest's clock, as {@code answeredNs}
     * @param receivedNs by the outside clock, as {@code sentNs}
     */
    static Sample of(long askedNs, long receivedNs, long sentNs, long answeredNs, long source, boolean raw) {
        long roundTripNs = answeredNs - askedNs;
        long heldNs = sentNs - receivedNs;
        return new Sample(
                askedNs + roundTripNs / 2,
                receivedNs + heldNs / 2,
                (roundTripNs - heldNs) / 2 + 1,
                roundTripNs,
                source,
                raw);
    }
}
