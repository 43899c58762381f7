package io.vperf.benchmarks;

/** A trial has not measured what it should have: its figures mean nothing. */
final class UnprovenException extends Exception {

    private static final long serialVersionUID = 1;

    UnprovenException(String message) {
        super(message);
    }

    UnprovenException(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
