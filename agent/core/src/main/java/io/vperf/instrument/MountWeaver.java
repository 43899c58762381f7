package io.vperf.instrument;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Has {@code java.lang.VirtualThread} tell the probe of each mount. Its {@code runContinuation} is what carriers run: {@code
 * mount()}, {@code cont.run()}, {@code unmount()}, the last also where something was thrown; JDK 21 to 25 agree in that. The probe
 * is called around all of it, where the current thread is the carrier, and before the JDK lets another carrier have the
 * thread, which it does right after.
 */
final class MountWeaver {

    static final String CLASS = "java/lang/VirtualThread";

    private static final String METHOD = "runContinuation";
    private static final String TOLD = "(Ljava/lang/Thread;)V";

    private int mounts;
    private int runs;
    private int unmounts;

    private MountWeaver() {}

    /** The class file with the probe, or null if its code is not as expected. */
    static byte @Nullable [] weave(byte[] classFile) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        MountWeaver weaver = new MountWeaver();
        new ClassReader(classFile).accept(weaver.visitor(writer), 0);
        return weaver.mounts == 1 && weaver.runs == 1 && weaver.unmounts == 2 ? writer.toByteArray() : null;
    }

    private ClassVisitor visitor(ClassWriter writer) {
        return new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                return name.equals(METHOD) && descriptor.equals("()V") ? new Calls(method) : method;
            }
        };
    }

    private final class Calls extends MethodVisitor {

        Calls(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            boolean own = owner.equals(CLASS) && descriptor.equals("()V");
            if (own && name.equals("mount") && runs == 0) {
                mounts++;
                super.visitInsn(Opcodes.DUP); // this
                tell("mounting");
            }
            runs += owner.equals("jdk/internal/vm/Continuation") && name.equals("run") ? 1 : 0;
            super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            if (own && name.equals("unmount") && runs == 1) {
                unmounts++;
                super.visitVarInsn(Opcodes.ALOAD, 0);
                tell("unmounted");
            }
        }

        private void tell(String probe) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, BodyProbe.PROBE, probe, TOLD, false);
        }
    }
}
