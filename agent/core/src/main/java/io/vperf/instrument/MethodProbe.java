package io.vperf.instrument;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** A method's probe: one handler for the whole body. Constructors: see {@link ConstructorProbe}. */
final class MethodProbe extends BodyProbe {

    private final Label start = new Label();

    MethodProbe(MethodVisitor next, int methodId, int maxLocals, boolean frames) {
        super(next, methodId, maxLocals, frames);
    }

    @Override
    boolean isSound() {
        return true;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        enter("enter");
        super.visitLabel(start);
    }

    @Override
    void handlers() {
        Label end = new Label();
        super.visitLabel(end);
        // Without own variables the first one is the probe's.
        handler(start, end, Opcodes.TOP);
    }
}
