package io.vperf.instrument;

import java.nio.charset.StandardCharsets;

/**
 * Answers for every class that is loaded whether it can be marked at all, and so decides what vperf costs the start of a large
 * application. Most of this runs interpreted: it therefore goes from entry to entry of the constant pool (JVM specification,
 * 4.4) and compares the few texts that are as long as the annotation's name, a tenth of the time that a search through the
 * bytes takes.
 */
final class MarkSearch {

    /** As class files spell it. */
    static final String ANNOTATION = "Lio/vperf/annotations/Measured;";

    private static final byte[] NAME = ANNOTATION.getBytes(StandardCharsets.US_ASCII);

    /** The attributes that hold annotations (JVM specification, 4.7.16 and 4.7.17). */
    private static final byte[] VISIBLE = "RuntimeVisibleAnnotations".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] INVISIBLE = "RuntimeInvisibleAnnotations".getBytes(StandardCharsets.US_ASCII);
    private static final int POOL_COUNT = 8;
    private static final int POOL = 10;

    private MarkSearch() {}

    /** Whether the annotation's name is in the constant pool. A file that is cut or of an unknown format is no class to us. */
    static boolean finds(byte[] classFile) {
        return finds(classFile, NAME);
    }

    /** Whether the class, or a field or method of it, has annotations of any kind. */
    static boolean findsAnnotations(byte[] classFile) {
        return finds(classFile, VISIBLE) || finds(classFile, INVISIBLE);
    }

    private static boolean finds(byte[] classFile, byte[] name) {
        try {
            return search(classFile, name);
        } catch (ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    private static boolean search(byte[] file, byte[] name) {
        int count = unsigned16(file, POOL_COUNT);
        int at = POOL;
        for (int i = 1; i < count; i++) {
            switch (file[at]) {
                case 1 -> { // Utf8
                    int length = unsigned16(file, at + 1);
                    if (length == name.length && isAt(file, at + 3, name)) {
                        return true;
                    }
                    at += 3 + length;
                }
                case 7, 8, 16, 19, 20 -> at += 3; // Class, String, MethodType, Module, Package
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5; // Integer, Float, members, NameAndType, both dynamic ones
                case 5, 6 -> { // Long, Double: two entries
                    at += 9;
                    i++;
                }
                case 15 -> at += 4; // MethodHandle
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private static boolean isAt(byte[] file, int at, byte[] name) {
        for (int i = name.length - 1; i >= 0; i--) {
            if (file[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int unsigned16(byte[] file, int at) {
        return ((file[at] & 0xFF) << 8) | (file[at + 1] & 0xFF);
    }
}
