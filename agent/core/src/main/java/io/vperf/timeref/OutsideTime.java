package io.vperf.timeref;

import org.jspecify.annotations.Nullable;

/**
 * What an outside clock says of an interval.
 *
 * @param reference which one
 * @param stretch between the last exchange of the interval and the one before, which may be longer ago than an interval; null
 *     where that is unknown
 * @param unknown why, with what helps; or null
 * @param packets what became of them
 * @param stops of this process, which no clock shows
 */
public record OutsideTime(
        String reference,
        @Nullable Stretch stretch,
        @Nullable String unknown,
        Packets packets,
        Stops stops) {}
