package io.vperf.select;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * What patterns ask of a method.
 *
 * @param access flags of the class file
 * @param name as in the class file, {@code <init>} for a constructor
 * @param descriptor in class-file form
 * @param annotations on it, those in a container of repeated ones too
 */
public record MethodFacts(int access, String name, String descriptor, List<String> annotations) {

    /** JVM specification, table 4.6-A. */
    private static final int SYNTHETIC = 0x1000;

    private static final int BRIDGE = 0x0040;
    private static final String PRIMITIVES = "BCDFIJSZ";
    private static final String[] PRIMITIVE_NAMES = {
        "byte", "char", "double", "float", "int", "long", "short", "boolean"
    };

    public MethodFacts {
        annotations = List.copyOf(annotations);
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    boolean isPrivate() {
        return Modifier.isPrivate(access);
    }

    boolean hasCode() {
        return !Modifier.isAbstract(access) && !Modifier.isNative(access);
    }

    /** Whether somebody has written it, as far as class files tell. */
    boolean isWritten() {
        return (access & (SYNTHETIC | BRIDGE)) == 0 && !name.equals("<clinit>");
    }

    /** Whether it can implement or override another one. */
    boolean isVirtual() {
        return !Modifier.isPrivate(access) && !Modifier.isStatic(access) && !name.startsWith("<");
    }

    private boolean isBridge() {
        return (access & BRIDGE) != 0;
    }

    /** Whether a bridge of this class may be to that method: its arguments are the same, or casts. */
    boolean mayBeBridgeTo(MethodFacts other) {
        String[] own = argumentTypes();
        String[] others = other.argumentTypes();
        boolean may = isBridge() && name.equals(other.name()) && own.length == others.length;
        for (int i = 0; i < own.length && may; i++) {
            may = own[i].equals(others[i]) || !(isPrimitive(own[i]) || isPrimitive(others[i]));
        }
        return may;
    }

    private static boolean isPrimitive(String type) {
        for (String primitive : PRIMITIVE_NAMES) {
            if (primitive.equals(type)) {
                return true;
            }
        }
        return false;
    }

    /** The arguments' part of the descriptor. */
    String argumentDescriptor() {
        return descriptor.substring(1, descriptor.indexOf(')'));
    }

    /** The arguments' erased types as people write them: {@code int}, {@code java.lang.String[]}. */
    String[] argumentTypes() {
        List<String> types = new ArrayList<>();
        int at = 1;
        while (descriptor.charAt(at) != ')') {
            int dimensions = 0;
            while (descriptor.charAt(at) == '[') {
                dimensions++;
                at++;
            }
            StringBuilder type = new StringBuilder();
            if (descriptor.charAt(at) == 'L') {
                int end = descriptor.indexOf(';', at);
                type.append(descriptor, at + 1, end);
                for (int i = 0; i < type.length(); i++) {
                    if (type.charAt(i) == '/') {
                        type.setCharAt(i, '.');
                    }
                }
                at = end;
            } else {
                type.append(PRIMITIVE_NAMES[PRIMITIVES.indexOf(descriptor.charAt(at))]);
            }
            at++;
            for (int i = 0; i < dimensions; i++) {
                type.append("[]");
            }
            types.add(type.toString());
        }
        return types.toArray(new String[0]);
    }

    /** As a pattern that names this method alone, without its class: {@code pay(int,java.lang.String[])}. */
    public String signature() {
        StringBuilder text = new StringBuilder(name).append('(');
        String separator = "";
        for (String type : argumentTypes()) {
            text.append(separator).append(type);
            separator = ",";
        }
        return text.append(')').toString();
    }
}
