package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeSizesTest {

    private static MeasuredMethod method(String name, String descriptor) {
        return new MeasuredMethod(name, descriptor, "");
    }

    @Test
    void shouldTellTheLengthOfCodeOfKnownLength() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V17, Opcodes.ACC_PUBLIC, "A", null, "java/lang/Object", new String[] {"java/lang/Runnable"});
        writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "f", "I", null, 5)
                .visitEnd();
        writer.visitMethod(Opcodes.ACC_ABSTRACT, "none", "()V", null, new String[] {"java/lang/Exception"});
        MethodVisitor m = writer.visitMethod(Opcodes.ACC_STATIC, "m", "(JD)V", null, null);
        m.visitCode();
        for (int i = 0; i < 1233; i++) {
            m.visitInsn(Opcodes.NOP);
        }
        m.visitInsn(Opcodes.RETURN);
        m.visitMaxs(0, 9);
        m.visitEnd();
        CodeSizes sizes = new CodeSizes(writer.toByteArray());

        assertThat(sizes.length(method("m", "(JD)V"))).isEqualTo(1234);
        assertThat(sizes.maxLocals(method("m", "(JD)V"))).isEqualTo(9);
        assertThat(sizes.length(method("none", "()V"))).isZero();
        assertThat(sizes.length(method("m", "()V"))).as("no such method").isZero();
    }

    /** ASM tells the number of local variables when it has read the code. */
    @ParameterizedTest
    @ValueSource(classes = {Samples.Methods.class, Samples.Constructors.class, String.class, HashMap.class})
    void shouldAgreeWithAsmOnRealClasses(Class<?> c) {
        byte[] classFile = Objects.requireNonNull(ClassBytes.find(ClassLoader.getSystemClassLoader(), c.getName()));
        CodeSizes sizes = new CodeSizes(classFile);
        Map<MeasuredMethod, Integer> locals = new HashMap<>();
        List<MeasuredMethod> all = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                MeasuredMethod key = method(name, descriptor);
                                all.add(key);
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMaxs(int maxStack, int maxLocals) {
                                        locals.put(key, maxLocals);
                                    }
                                };
                            }
                        },
                        0);
        assertThat(all).isNotEmpty().allSatisfy(m -> {
            assertThat(sizes.maxLocals(m)).isEqualTo(locals.getOrDefault(m, 0));
            assertThat(sizes.length(m) > 0).isEqualTo(locals.containsKey(m));
        });
    }
}
