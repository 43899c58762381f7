package io.vperf.select;

import java.util.List;

/** A text that is no pattern. The message tells everything that is wrong with it, where, and what to write. */
public final class WrongPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongPatternException(List<String> faults) {
        // Always caught and turned into a line of text: the stack would only cost time.
        super(String.join("; ", faults), null, false, false);
    }
}
