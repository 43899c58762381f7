package io.vperf.doctor;

import io.vperf.shim.Capability;
import java.util.function.Function;

/**
 * Something that was looked at.
 *
 * @param detail what was found, or why there is none
 * @param remedy what to change to have more; empty where nothing helps or is needed
 */
public record Finding(String name, Verdict verdict, String detail, String remedy) {

    static Finding ok(String name, String detail) {
        return new Finding(name, Verdict.OK, detail, "");
    }

    static Finding limited(String name, String detail, String remedy) {
        return new Finding(name, Verdict.LIMITED, detail, remedy);
    }

    /** OK where it is there; otherwise as bad as its absence makes it. */
    static <T> Finding of(String name, Capability<T> capability, Verdict without, Function<T, String> describe) {
        if (capability instanceof Capability.Unavailable<T> not) {
            return new Finding(name, without, not.reason(), not.remedy());
        }
        return ok(name, describe.apply(((Capability.Available<T>) capability).value()));
    }
}
