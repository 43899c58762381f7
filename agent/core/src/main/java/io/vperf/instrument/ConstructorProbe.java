package io.vperf.instrument;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A constructor's probe, from before the call of super(…) or this(…) to every way out. A handler may not cover that call
 * itself (JVM specification, 4.10.1.9, invokespecial: {@code this} is neither initialised nor not), nor code on both sides of
 * it. There are two, one for each side, and the probe is told when the call has returned; if it throws, the probe finds
 * out by itself.
 *
 * <p>Assumptions: (1) exactly one {@code invokespecial <init>} stands after as many others as there were {@code new}
 * instructions, and that one is the call of super or this; {@link #isSound()} tells whether it was so. (2) A handler that
 * ends in athrow may cover code in which {@code this} is uninitialised (JVM specification, 4.10.1.9, invokespecial), if its
 * frame holds {@code this} so.
 */
final class ConstructorProbe extends BodyProbe {

    private final Label start = new Label();
    private final Label beforeInit = new Label();
    private final Label initialised = new Label();
    private int pendingNew;
    private int initCalls;

    ConstructorProbe(MethodVisitor next, int methodId, int maxLocals, boolean frames) {
        super(next, methodId, maxLocals, frames);
    }

    @Override
    boolean isSound() {
        return initCalls == 1;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        enter("enterConstructor");
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
            super.visitVarInsn(Opcodes.ALOAD, frameLocal);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, "constructed", "(" + FRAME + ")V", false);
            super.visitLabel(initialised);
        }
    }

    @Override
    void handlers() {
        Label end = new Label();
        super.visitLabel(end);
        if (isSound()) {
            handler(start, beforeInit, Opcodes.UNINITIALIZED_THIS);
            handler(initialised, end, Opcodes.TOP);
        }
    }
}
