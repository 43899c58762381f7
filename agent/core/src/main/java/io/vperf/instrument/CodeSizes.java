package io.vperf.instrument;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * Length and number of local variables of each method's code, read from the class file (JVM specification, 4.7.3), which
 * ASM's visitors do not tell beforehand.
 */
final class CodeSizes {

    record Code(int length, int maxLocals) {}

    private static final Code NONE = new Code(0, 0);

    private final Map<String, Code> byMethod = new HashMap<>();

    CodeSizes(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        int at = reader.header;
        at += 8 + 2 * reader.readUnsignedShort(at + 6); // access, this, super, interfaces
        int fields = reader.readUnsignedShort(at);
        at += 2;
        for (int i = 0; i < fields; i++) {
            at = afterAttributes(reader, at + 6);
        }
        int methods = reader.readUnsignedShort(at);
        at += 2;
        for (int i = 0; i < methods; i++) {
            String key = reader.readUTF8(at + 2, buffer) + reader.readUTF8(at + 4, buffer);
            int attributes = reader.readUnsignedShort(at + 6);
            at += 8;
            for (int j = 0; j < attributes; j++) {
                if ("Code".equals(reader.readUTF8(at, buffer))) {
                    byMethod.put(key, new Code(reader.readInt(at + 10), reader.readUnsignedShort(at + 8)));
                }
                at += 6 + reader.readInt(at + 2);
            }
        }
    }

    private static int afterAttributes(ClassReader reader, int at) {
        int attributes = reader.readUnsignedShort(at);
        int next = at + 2;
        for (int i = 0; i < attributes; i++) {
            next += 6 + reader.readInt(next + 2);
        }
        return next;
    }

    /** Length in bytes; 0 for a method without code. */
    int length(MeasuredMethod method) {
        return code(method).length();
    }

    /** As the other one, by name and descriptor. */
    int length(String key) {
        return byMethod.getOrDefault(key, NONE).length();
    }

    int maxLocals(MeasuredMethod method) {
        return code(method).maxLocals();
    }

    private Code code(MeasuredMethod method) {
        return byMethod.getOrDefault(method.name() + method.descriptor(), NONE);
    }
}
