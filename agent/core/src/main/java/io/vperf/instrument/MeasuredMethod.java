package io.vperf.instrument;

import net.bytebuddy.jar.asm.Type;

/**
 * A method to be measured.
 *
 * @param name internal name, {@code <init>} for a constructor
 * @param descriptor in class-file form
 * @param reportedName what reports call it
 * @param ending up to where it is measured, besides to its return
 */
record MeasuredMethod(String name, String descriptor, String reportedName, Ending ending) {

    MeasuredMethod(String name, String descriptor, String reportedName) {
        this(name, descriptor, reportedName, Ending.RETURN);
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    /** As people write it: class or what stands for it, name, types of the arguments. */
    static String qualified(String className, String name, String descriptor) {
        StringBuilder text = new StringBuilder(className);
        text.append('.').append(name).append('(');
        String separator = "";
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            text.append(separator).append(argument.getClassName());
            separator = ",";
        }
        return text.append(')').toString();
    }
}
