package io.vperf.timeref;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a watching thread saw of an interval.
 *
 * @param unknown why nobody watched, or null
 * @param largest the one with most first
 * @param leftOut how many there were besides
 */
public record Stops(@Nullable String unknown, List<Stop> largest, long leftOut) {

    /** Stops that are told of an interval. */
    public static final int MOST = 8;
}
