package io.vperf.config;

/**
 * How the values of an option are written.
 *
 * @param <T> what a value becomes
 */
interface ValueType<T> {

    T parse(String text) throws WrongValueException;

    /** What stands for a value in the help text, such as {@code TIME}; empty if there is no value. */
    String placeholder();

    /** The values that {@link #parse} takes, such as {@code 100ms to 1h}. */
    String accepted();
}
