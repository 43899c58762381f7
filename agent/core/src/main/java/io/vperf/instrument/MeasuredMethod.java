package io.vperf.instrument;

/**
 * A method to be measured.
 *
 * @param name internal name, {@code <init>} for a constructor
 * @param descriptor in class-file form
 * @param reportedName what reports call it
 */
record MeasuredMethod(String name, String descriptor, String reportedName) {

    boolean isConstructor() {
        return name.equals("<init>");
    }
}
