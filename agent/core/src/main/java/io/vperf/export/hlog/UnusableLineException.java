package io.vperf.export.hlog;

/** A line that is whole, but not to be used; its message is for the user. */
final class UnusableLineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableLineException(String message) {
        super(message);
    }
}
