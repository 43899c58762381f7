package io.vperf.config;

/** A text that is no value of its type. The message tells the problem; source, key and value are added by the caller. */
final class WrongValueException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongValueException(String problem) {
        // Always caught and turned into a line of text: the stack would only cost time.
        super(problem, null, false, false);
    }
}
