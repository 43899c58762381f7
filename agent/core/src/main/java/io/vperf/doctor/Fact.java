package io.vperf.doctor;

import io.vperf.shim.Capability;

/** Something that is as it is, for a person to know: no verdict follows from it alone. */
public record Fact(String name, String value) {

    /** The value, or why it is not known. */
    static Fact of(String name, Capability<?> capability) {
        return new Fact(
                name,
                capability instanceof Capability.Unavailable<?> not
                        ? "unknown: " + not.reason()
                        : String.valueOf(((Capability.Available<?>) capability).value()));
    }
}
