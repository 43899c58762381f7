package io.vperf.export.hlog;

import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A line, and what it says by itself.
 *
 * @param content null where it looks like none of vperf's
 */
record ParsedLine(String text, @Nullable Content content) {

    /** What one line says. */
    sealed interface Content {}

    /** A histogram of the interval that begins so many seconds after the run. */
    record Tagged(String tag, double startS, AbstractHistogram histogram) implements Content {}

    /** Another of the records of {@link Lines} or {@link SpentLines}. */
    record Said(Record line) implements Content {}

    /** A method's figures, and what its tags end with; see {@link Tags#ofMethod}. */
    record OfMethod(Lines.Method line, String tag) implements Content {}

    /** A kind of line that came later than this reader. */
    record Later() implements Content {}

    /** It is damaged, or not to be used; why, for the user. */
    record Unusable(String why) implements Content {}
}
