package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.annotations.Measured;
import io.vperf.health.TestHealth;
import io.vperf.record.MethodTable;
import java.util.Objects;
import java.util.Random;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random method and constructor bodies: woven they load under the verifier and compute what they did before. */
class ProbeWeaverPropertyTest {

    private static final String NAME = "Random1";

    /** Local variables: 0 this, 1 the int parameter, 2 a long, 4 a double, 6 an int. */
    private static final class Body {

        private final MethodVisitor m;
        private final Random random;

        Body(MethodVisitor m, Random random) {
            this.m = m;
            this.random = random;
        }

        void begin() {
            m.visitInsn(Opcodes.LCONST_1);
            m.visitVarInsn(Opcodes.LSTORE, 2);
            m.visitInsn(Opcodes.DCONST_1);
            m.visitVarInsn(Opcodes.DSTORE, 4);
            m.visitInsn(Opcodes.ICONST_0);
            m.visitVarInsn(Opcodes.ISTORE, 6);
        }

        void statements(int depth) {
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                switch (random.nextInt(depth > 3 ? 2 : 5)) {
                    case 0 -> addToLong();
                    case 1 -> scaleDouble();
                    case 2 -> branch(depth);
                    case 3 -> loop(depth);
                    default -> tryCatch(depth);
                }
            }
        }

        private void addToLong() {
            m.visitVarInsn(Opcodes.LLOAD, 2);
            m.visitLdcInsn(random.nextLong());
            m.visitInsn(random.nextBoolean() ? Opcodes.LADD : Opcodes.LXOR);
            m.visitVarInsn(Opcodes.LSTORE, 2);
        }

        private void scaleDouble() {
            m.visitVarInsn(Opcodes.DLOAD, 4);
            m.visitLdcInsn(0.5 + random.nextDouble());
            m.visitInsn(Opcodes.DMUL);
            m.visitVarInsn(Opcodes.DSTORE, 4);
        }

        private void branch(int depth) {
            Label otherwise = new Label();
            Label end = new Label();
            m.visitVarInsn(Opcodes.ILOAD, 1);
            m.visitIntInsn(Opcodes.BIPUSH, random.nextInt(10));
            m.visitJumpInsn(Opcodes.IF_ICMPLT, otherwise);
            statements(depth + 1);
            m.visitJumpInsn(Opcodes.GOTO, end);
            m.visitLabel(otherwise);
            statements(depth + 1);
            m.visitLabel(end);
        }

        private void loop(int depth) {
            Label again = new Label();
            m.visitInsn(Opcodes.ICONST_0);
            m.visitVarInsn(Opcodes.ISTORE, 6);
            m.visitLabel(again);
            addToLong();
            if (depth < 2) {
                scaleDouble();
            }
            m.visitIincInsn(6, 1);
            m.visitVarInsn(Opcodes.ILOAD, 6);
            m.visitIntInsn(Opcodes.BIPUSH, 1 + random.nextInt(5));
            m.visitJumpInsn(Opcodes.IF_ICMPLT, again);
        }

        /** Divides by the parameter, which may be 0. */
        private void tryCatch(int depth) {
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            Label after = new Label();
            m.visitTryCatchBlock(start, end, handler, "java/lang/ArithmeticException");
            m.visitLabel(start);
            m.visitIntInsn(Opcodes.BIPUSH, 100);
            m.visitVarInsn(Opcodes.ILOAD, 1);
            m.visitInsn(Opcodes.IDIV);
            m.visitVarInsn(Opcodes.ISTORE, 6);
            m.visitLabel(end);
            m.visitJumpInsn(Opcodes.GOTO, after);
            m.visitLabel(handler);
            m.visitInsn(Opcodes.POP);
            statements(depth + 1);
            m.visitLabel(after);
        }
    }

    /** {@code new Random1(int)} and {@code double compute(int)}, both marked; a field keeps the constructor's result. */
    private static byte[] randomClass(Random random) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, NAME, null, "java/lang/Object", null);
        writer.visitField(Opcodes.ACC_PUBLIC, "made", "J", null, null).visitEnd();

        MethodVisitor c = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(I)V", null, null);
        c.visitAnnotation(Type.getDescriptor(Measured.class), true).visitEnd();
        c.visitCode();
        Body body = new Body(c, random);
        body.begin();
        boolean before = random.nextBoolean();
        if (before) {
            body.statements(2); // code before super(…), as JDK 22 allows in source
        }
        c.visitVarInsn(Opcodes.ALOAD, 0);
        c.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        body.statements(0);
        c.visitVarInsn(Opcodes.ALOAD, 0);
        c.visitVarInsn(Opcodes.LLOAD, 2);
        c.visitFieldInsn(Opcodes.PUTFIELD, NAME, "made", "J");
        c.visitInsn(Opcodes.RETURN);
        c.visitMaxs(0, 0);
        c.visitEnd();

        MethodVisitor m = writer.visitMethod(Opcodes.ACC_PUBLIC, "compute", "(I)D", null, null);
        m.visitAnnotation(Type.getDescriptor(Measured.class), true).visitEnd();
        m.visitCode();
        body = new Body(m, random);
        body.begin();
        body.statements(0);
        m.visitVarInsn(Opcodes.LLOAD, 2);
        m.visitInsn(Opcodes.L2D);
        m.visitVarInsn(Opcodes.DLOAD, 4);
        m.visitInsn(Opcodes.DMUL);
        m.visitVarInsn(Opcodes.ILOAD, 6);
        m.visitInsn(Opcodes.I2D);
        m.visitInsn(Opcodes.DADD);
        m.visitInsn(Opcodes.DRETURN);
        m.visitMaxs(0, 0);
        m.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    @Property(tries = 150)
    void shouldComputeWhatItDidBefore(@ForAll Random random) throws Exception {
        byte[] classFile = randomClass(random);
        TestHealth health = new TestHealth();
        byte[] woven = Objects.requireNonNull(new ProbeWeaver(new MethodTable(10, health.health()), health.health())
                .weave(NAME, classFile, MeasuredScan.of(classFile)));
        WovenLoader loader = new WovenLoader();
        Class<?> after = loader.put(NAME, woven).loadClass(NAME);
        Class<?> before = new WovenLoader().put(NAME, classFile).loadClass(NAME);

        for (int argument = 0; argument < 10; argument += 3) {
            Object was = before.getConstructor(int.class).newInstance(argument);
            Object is = after.getConstructor(int.class).newInstance(argument);
            assertThat(after.getField("made").get(is))
                    .isEqualTo(before.getField("made").get(was));
            assertThat(after.getMethod("compute", int.class).invoke(is, argument))
                    .isEqualTo(before.getMethod("compute", int.class).invoke(was, argument));
            assertThat(loader.takeLog())
                    .containsExactly("constructor 0", "constructed 0", "exit 0", "enter 1", "exit 0");
        }
        assertThat(health.health().totals()).isEmpty();
    }
}
