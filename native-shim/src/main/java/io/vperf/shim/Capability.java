package io.vperf.shim;

import java.util.function.Function;

/**
 * Something a machine offers, or why it does not. A value that is not known is never replaced by a default.
 *
 * @param <T> what is offered
 */
public sealed interface Capability<T> {

    /** Offered, and this is it. */
    record Available<T>(T value) implements Capability<T> {}

    /**
     * Not offered.
     *
     * @param reason what was tried and what came of it, for a person to read
     * @param remedy what to change to have it, or an empty text where nothing helps
     */
    record Unavailable<T>(String reason, String remedy) implements Capability<T> {}

    static <T> Capability<T> available(T value) {
        return new Available<>(value);
    }

    static <T> Capability<T> unavailable(String reason, String remedy) {
        return new Unavailable<>(reason, remedy);
    }

    /** What can be made of it, or the same reason and remedy where it is not offered. */
    default <U> Capability<U> then(Function<? super T, Capability<U>> next) {
        if (this instanceof Available<T> offered) {
            return next.apply(offered.value());
        }
        Unavailable<T> missing = (Unavailable<T>) this;
        return unavailable(missing.reason(), missing.remedy());
    }
}
