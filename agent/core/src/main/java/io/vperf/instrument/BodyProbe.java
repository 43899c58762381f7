package io.vperf.instrument;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Puts a probe into the code of one method: its entry, every return, and, by handlers that come last in the exception table,
 * every exception that leaves it. Needs expanded frames.
 *
 * <p>Assumptions: (1) The local variable after the method's own is free. (2) Handlers added in visitMaxs come last in the
 * exception table, so the method's own go first.
 */
abstract class BodyProbe extends MethodVisitor {

    static final String PROBE = "io/vperf/bootstrap/Probe";

    /** Of what a probe's entry hands to its exit: of no type that a class loader of the application would have to know. */
    static final String FRAME = "Ljava/lang/Object;";

    private static final String EXIT = "(" + FRAME + "Ljava/lang/Throwable;)V";

    private static final String FRAME_TYPE = "java/lang/Object";

    final int frameLocal;
    private final int methodId;
    private final boolean frames;

    /**
     * @param maxLocals of the original code
     * @param frames whether the class has stack map frames (class file version 50 and later)
     */
    BodyProbe(MethodVisitor next, int methodId, int maxLocals, boolean frames) {
        super(Opcodes.ASM9, next);
        this.methodId = methodId;
        this.frameLocal = maxLocals;
        this.frames = frames;
    }

    /** Whether the code was as expected; else the result must be thrown away. */
    abstract boolean isSound();

    /** At the end of the code: to call {@link #handler}. */
    abstract void handlers();

    /** Calls the probe's method of this name. */
    final void enter(String name) {
        super.visitLdcInsn(methodId);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, name, "(I)" + FRAME, false);
        super.visitVarInsn(Opcodes.ASTORE, frameLocal);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            beforeReturn();
        }
        super.visitInsn(opcode);
    }

    /** Tells the probe, what is returned lying on the stack. Takes no more than two places above it. */
    void beforeReturn() {
        super.visitVarInsn(Opcodes.ALOAD, frameLocal);
        super.visitInsn(Opcodes.ACONST_NULL);
        call("exit", EXIT);
    }

    /** The probe's method that is told of an exception. */
    String exitByException() {
        return "exit";
    }

    final void call(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, name, descriptor, false);
    }

    /** Every stack map frame of the body holds the probe's frame after the method's own local variables. */
    @Override
    public void visitFrame(
            int type, int localCount, Object @Nullable [] locals, int stackCount, Object @Nullable [] stack) {
        Object[] own = locals == null ? new Object[0] : locals;
        Object[] padded = new Object[frameLocal + 1];
        int count = 0;
        int slots = 0;
        for (int i = 0; i < localCount; i++) {
            padded[count++] = own[i];
            slots += own[i] == Opcodes.LONG || own[i] == Opcodes.DOUBLE ? 2 : 1;
        }
        while (slots++ < frameLocal) {
            padded[count++] = Opcodes.TOP;
        }
        padded[count++] = FRAME_TYPE;
        super.visitFrame(Opcodes.F_NEW, count, padded, stackCount, stack);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        handlers();
        // At a return: frame and null above whatever lies on the stack. In a handler: exception, frame, exception.
        super.visitMaxs(Math.max(maxStack + 2, 3), maxLocals + 1);
    }

    /**
     * @param self what the first local variable holds in the handler, which looks at none but the probe's
     */
    final void handler(Label from, Label to, Object self) {
        Label handler = new Label();
        super.visitTryCatchBlock(from, to, handler, "java/lang/Throwable");
        super.visitLabel(handler);
        if (frames) {
            Object[] locals = new Object[frameLocal + 1];
            Arrays.fill(locals, Opcodes.TOP);
            locals[0] = self;
            locals[frameLocal] = FRAME_TYPE;
            super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        }
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ALOAD, frameLocal);
        super.visitInsn(Opcodes.SWAP);
        call(exitByException(), EXIT);
        super.visitInsn(Opcodes.ATHROW);
    }
}
