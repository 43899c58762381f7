package io.vperf.timeref;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SamplePropertyTest {

    /** However unlike the two ways are, and whenever each clock began. */
    @Property
    void shouldHoldTheTrueDifferenceWithinItsError(
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long aheadNs,
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long askedNs,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long thereNs,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long heldNs,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long backNs) {
        long receivedNs = askedNs + thereNs + aheadNs;
        long sentNs = receivedNs + heldNs;
        long answeredNs = sentNs - aheadNs + backNs;
        Sample sample = Sample.of(askedNs, receivedNs, sentNs, answeredNs, 1, true);

        assertThat(Math.abs(sample.outsideNs() - sample.guestNs() - aheadNs)).isLessThanOrEqualTo(sample.errorNs());
        assertThat(sample.errorNs()).isLessThanOrEqualTo((thereNs + backNs) / 2 + 1);
        assertThat(sample.roundTripNs()).isEqualTo(thereNs + heldNs + backNs);
    }
}
