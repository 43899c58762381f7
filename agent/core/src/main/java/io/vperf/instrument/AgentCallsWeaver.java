package io.vperf.instrument;

import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Gives the API's class {@code AgentCalls}, which an application brings once per class loader or not at all, bodies that call
 * the probe's methods of the same names. A loaded class can be given them, too, and without the agent its own bodies are
 * as cheap as can be: both are why the API does not look for the probe itself.
 */
final class AgentCallsWeaver {

    static final String CLASS = "io/vperf/annotations/AgentCalls";
    private static final String PROBE = "io/vperf/bootstrap/Probe";

    /** Methods of other names or types are of another version of the API; they keep their bodies. */
    private static final Set<String> METHODS =
            Set.of("enterRegion(Ljava/lang/String;)J", "exitRegion(J)V", "virtualNs()J");

    /** FreqInlineSize: longer methods are never inlined, however hot. */
    private static final int MOST_INLINED_BYTES = 325;

    private AgentCallsWeaver() {}

    /**
     * @param internalName with slashes
     */
    static boolean isMeant(String internalName) {
        return internalName.equals(CLASS);
    }

    static byte[] weave(byte[] classFile) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        ClassVisitor replacing = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public @Nullable MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                if ((access & Opcodes.ACC_STATIC) == 0 || !METHODS.contains(name + descriptor)) {
                    return method;
                }
                passOn(method, name, descriptor);
                return null; // the body that was there is skipped
            }
        };
        new ClassReader(classFile).accept(replacing, 0);
        return writer.toByteArray();
    }

    private static void passOn(MethodVisitor method, String name, String descriptor) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        method.visitCode();
        if (arguments.length > 0) {
            padding(method, arguments[0]);
        }
        int local = 0;
        for (Type argument : arguments) {
            method.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
        }
        method.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, name, descriptor, false);
        method.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /**
     * Jumps over code that does nothing, unless the argument is null or negative. HotSpot inlines no method this long. It would
     * now and then (one run in some ten, JDK 25) compile {@code Region.close} with the whole probe inlined before anything
     * that calls it, then not inline that ("already compiled into a big method", InlineSmallCode), and so put every region on
     * the heap.
     */
    private static void padding(MethodVisitor method, Type argument) {
        Label end = new Label();
        if (argument.getSort() == Type.LONG) {
            method.visitVarInsn(Opcodes.LLOAD, 0);
            method.visitInsn(Opcodes.LCONST_0);
            method.visitInsn(Opcodes.LCMP);
            method.visitJumpInsn(Opcodes.IFGE, end);
        } else {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitJumpInsn(Opcodes.IFNONNULL, end);
        }
        for (int i = 0; i <= MOST_INLINED_BYTES; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        method.visitLabel(end);
        method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
}
