package io.vperf.match;

import io.vperf.annotations.Measured;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** What tests look at. */
@SuppressWarnings("UnusedMethod")
final class Shop {

    private Shop() {}

    interface Repository<T> {
        T find(T key);

        default int count() {
            return hashCode() / 2;
        }
    }

    static class Orders implements Repository<String> {

        private String last = "";

        @Override
        public String find(String key) {
            last = key.trim();
            return last;
        }

        public String getLast() {
            return last;
        }
    }

    static class Marked {

        @Measured("own name")
        void marked() {
            new Orders().find("x");
        }
    }

    /** Of another version of the class path's first entry. */
    static class Later {
        int early() {
            return hashCode() * 2;
        }
    }

    /** Almost too long to be compiled by HotSpot, and too long with a probe. */
    static byte[] huge(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "huge", "()V", null, null);
        code.visitCode();
        for (int i = 0; i < 7_995; i++) {
            code.visitInsn(Opcodes.NOP);
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
