package io.vperf.instrument;

import io.vperf.record.CarrierAccess;
import java.lang.invoke.MethodHandles;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link CarrierAccess} of this JVM, from classes that JDK 21 and later have, each of a package that the launcher has
 * exported to the core. Not compiled, as this is compiled for JDK 17; not by reflection, whose method handles cost each
 * start 5 to 10 ms on JDK 25.
 */
final class CarrierAccessClass {

    private static final String NAME = "io/vperf/instrument/JdkCarrierAccess";
    private static final String LOCAL = "jdk/internal/misc/CarrierThreadLocal";
    private static final String SECRETS = "jdk/internal/access/SharedSecrets";
    private static final String LANG = "jdk/internal/access/JavaLangAccess";
    private static final String CONTINUATION = "jdk/internal/vm/Continuation";

    /** A class can be defined once, and vperf attached several times. */
    private static @Nullable CarrierAccess made;

    private CarrierAccessClass() {}

    /**
     * As every time before.
     *
     * @throws LinkageError if this JDK has none of these classes, or does not let the core use them
     */
    static synchronized CarrierAccess get() throws ReflectiveOperationException {
        CarrierAccess known = made;
        if (known == null) {
            known = make();
            made = known;
        }
        return known;
    }

    private static CarrierAccess make() throws ReflectiveOperationException {
        Class<?> type = MethodHandles.lookup().defineClass(write());
        CarrierAccess access = (CarrierAccess) type.getDeclaredConstructor().newInstance();
        // Linked now, not in the midst of a probe.
        access.carrierLocal().get();
        access.carrier();
        return access;
    }

    private static byte[] write() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", new String[] {
            Type.getInternalName(CarrierAccess.class)
        });
        MethodVisitor init = begin(writer, "<init>", "()V");
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(init, Opcodes.RETURN);
        MethodVisitor local = begin(writer, "carrierLocal", "()Ljava/lang/ThreadLocal;");
        local.visitTypeInsn(Opcodes.NEW, LOCAL);
        local.visitInsn(Opcodes.DUP);
        local.visitMethodInsn(Opcodes.INVOKESPECIAL, LOCAL, "<init>", "()V", false);
        end(local, Opcodes.ARETURN);
        MethodVisitor carrier = begin(writer, "carrier", "()Ljava/lang/Thread;");
        carrier.visitMethodInsn(Opcodes.INVOKESTATIC, SECRETS, "getJavaLangAccess", "()L" + LANG + ";", false);
        carrier.visitMethodInsn(Opcodes.INVOKEINTERFACE, LANG, "currentCarrierThread", "()Ljava/lang/Thread;", true);
        end(carrier, Opcodes.ARETURN);
        for (String name : new String[] {"pin", "unpin"}) {
            MethodVisitor call = begin(writer, name, "()V");
            call.visitMethodInsn(Opcodes.INVOKESTATIC, CONTINUATION, name, "()V", false);
            end(call, Opcodes.RETURN);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static MethodVisitor begin(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        method.visitCode();
        return method;
    }

    private static void end(MethodVisitor method, int returning) {
        method.visitInsn(returning);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
