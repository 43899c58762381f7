package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class MountWeaverTest {

    private static final String CLASS = "java/lang/VirtualThread";
    private static final String CONTINUATION = "jdk/internal/vm/Continuation";

    /** A class with the calls that JDK 21 to 25 make in this order, and its other methods. */
    private static byte[] classThatCalls(String... calls) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, CLASS, null, "java/lang/Object", null);
        for (String method : new String[] {"runContinuation", "other"}) {
            MethodVisitor code = writer.visitMethod(Opcodes.ACC_PRIVATE, method, "()V", null, null);
            code.visitCode();
            for (String call : calls) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                String owner = call.equals("run") ? CONTINUATION : CLASS;
                code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, call, "()V", false);
            }
            code.visitInsn(Opcodes.RETURN);
            code.visitMaxs(0, 0);
            code.visitEnd();
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static List<String> calls(byte[] classFile, String ofMethod) {
        List<String> calls = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String signature, String[] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String called, String of, boolean itf) {
                                        if (name.equals(ofMethod)) {
                                            calls.add(called);
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return calls;
    }

    @Test
    void shouldTellBeforeTheMountAndAfterEachUnmount() {
        byte[] woven = Objects.requireNonNull(MountWeaver.weave(classThatCalls("mount", "run", "unmount", "unmount")));

        assertThat(calls(woven, "runContinuation"))
                .containsExactly("mounting", "mount", "run", "unmount", "unmounted", "unmount", "unmounted");
        assertThat(calls(woven, "other")).containsExactly("mount", "run", "unmount", "unmount");
    }

    @Test
    void shouldLeaveCodeOfAnotherShapeAlone() {
        assertThat(MountWeaver.weave(classThatCalls("run"))).isNull();
        assertThat(MountWeaver.weave(classThatCalls("run", "mount", "unmount", "unmount")))
                .isNull();
        assertThat(MountWeaver.weave(classThatCalls("mount", "run", "unmount"))).isNull();
        assertThat(MountWeaver.weave(classThatCalls("mount", "mount", "run", "unmount", "unmount")))
                .isNull();
    }

    @Test
    void shouldKnowTheCodeOfThisJdk() {
        assumeTrue(Runtime.version().feature() >= 21, "this JDK has no virtual threads, JDK 21 and later have");
        byte[] classFile = Objects.requireNonNull(ClassBytes.find(null, "java.lang.VirtualThread"));

        assertThat(calls(Objects.requireNonNull(MountWeaver.weave(classFile)), "runContinuation"))
                .contains("mounting", "unmounted");
    }
}
