package io.vperf.instrument;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Puts a probe into a constructor, from before the call of super(…) or this(…) to every way out. Byte Buddy's advice cannot
 * catch exceptions there: a handler may not cover that call itself (JVM specification, 4.10.1.9, invokespecial: {@code this}
 * is neither initialised nor not), nor code on both sides of it. This visitor adds two handlers, one for each side, and
 * tells the probe when the call has returned; if it throws, the probe finds out by itself.
 *
 * <p>Assumptions: (1) exactly one {@code invokespecial <init>} stands after as many others as there were {@code new}
 * instructions, and that one is the call of super or this; {@link #isSound()} tells whether it was so, else the result must
 * be thrown away. (2) The local variable after the method's own is free. (3) Handlers added in visitMaxs come last in the
 * exception table, so the constructor's own go first. (4) A handler that ends in athrow may cover code in which
 * {@code this} is uninitialised (JVM specification, 4.10.1.9, invokespecial), if its frame holds {@code this} so.
 */
final class ConstructorProbe extends MethodVisitor {

    private static final String PROBE = "io/vperf/bootstrap/Probe";

    private final int methodId;
    private final int depthLocal;
    private final boolean frames;
    private final Label start = new Label();
    private final Label beforeInit = new Label();
    private final Label initialised = new Label();
    private final Label end = new Label();
    private int pendingNew;
    private int initCalls;

    /**
     * @param maxLocals of the original code
     * @param frames whether the class has stack map frames (class file version 50 and later)
     */
    ConstructorProbe(MethodVisitor next, int methodId, int maxLocals, boolean frames) {
        super(Opcodes.ASM9, next);
        this.methodId = methodId;
        this.depthLocal = maxLocals;
        this.frames = frames;
    }

    boolean isSound() {
        return initCalls == 1;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        super.visitLdcInsn(methodId);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, "enterConstructor", "(I)I", false);
        super.visitVarInsn(Opcodes.ISTORE, depthLocal);
        super.visitLabel(start);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.NEW) {
            pendingNew++;
        }
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean init = opcode == Opcodes.INVOKESPECIAL && name.equals("<init>");
        boolean own = init && pendingNew == 0 && initCalls++ == 0;
        if (init && pendingNew > 0) {
            pendingNew--;
        }
        if (own) {
            super.visitLabel(beforeInit);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (own) {
            super.visitVarInsn(Opcodes.ILOAD, depthLocal);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, "constructed", "(I)V", false);
            super.visitLabel(initialised);
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.RETURN) {
            super.visitVarInsn(Opcodes.ILOAD, depthLocal);
            super.visitInsn(Opcodes.ACONST_NULL);
            exit();
        }
        super.visitInsn(opcode);
    }

    private void exit() {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, "exit", "(ILjava/lang/Throwable;)V", false);
    }

    /** Needs expanded frames. Every frame of the body holds the depth after the method's own local variables. */
    @Override
    public void visitFrame(
            int type, int localCount, Object @Nullable [] locals, int stackCount, Object @Nullable [] stack) {
        Object[] own = locals == null ? new Object[0] : locals;
        Object[] padded = new Object[depthLocal + 1];
        int count = 0;
        int slots = 0;
        for (int i = 0; i < localCount; i++) {
            padded[count++] = own[i];
            slots += own[i] == Opcodes.LONG || own[i] == Opcodes.DOUBLE ? 2 : 1;
        }
        while (slots++ < depthLocal) {
            padded[count++] = Opcodes.TOP;
        }
        padded[count++] = Opcodes.INTEGER;
        super.visitFrame(Opcodes.F_NEW, count, padded, stackCount, stack);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitLabel(end);
        if (isSound()) {
            handler(start, beforeInit, Opcodes.UNINITIALIZED_THIS);
            handler(initialised, end, Opcodes.TOP);
        }
        // At a return: depth and null above whatever lies on the stack. In a handler: exception, depth, exception.
        super.visitMaxs(Math.max(maxStack + 2, 3), maxLocals + 1);
    }

    private void handler(Label from, Label to, Object self) {
        Label handler = new Label();
        super.visitTryCatchBlock(from, to, handler, "java/lang/Throwable");
        super.visitLabel(handler);
        if (frames) {
            Object[] locals = new Object[depthLocal + 1];
            Arrays.fill(locals, Opcodes.TOP);
            locals[0] = self;
            locals[depthLocal] = Opcodes.INTEGER;
            super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        }
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ILOAD, depthLocal);
        super.visitInsn(Opcodes.SWAP);
        exit();
        super.visitInsn(Opcodes.ATHROW);
    }
}
