package io.vperf.instrument;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The probe of a method that is measured up to the completion of what it returns, too: shows that to the probe. A stage goes on
 * to the caller as it is; a publisher is exchanged for what the probe answers.
 */
final class CompletionProbe extends BodyProbe {

    private static final String PUBLISHER = "Ljava/util/concurrent/Flow$Publisher;";

    private final Label start = new Label();
    private final boolean publisher;

    CompletionProbe(MethodVisitor next, int methodId, int maxLocals, boolean frames, Ending ending) {
        super(next, methodId, maxLocals, frames);
        this.publisher = ending == Ending.SUBSCRIPTION;
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
    void beforeReturn() {
        if (!publisher) {
            super.visitInsn(Opcodes.DUP);
        }
        super.visitVarInsn(Opcodes.ALOAD, frameLocal);
        super.visitInsn(Opcodes.SWAP);
        if (publisher) {
            call("exitWithPublisher", "(" + FRAME + PUBLISHER + ")" + PUBLISHER);
        } else {
            call("exitWithStage", "(" + FRAME + "Ljava/lang/Object;)V");
        }
    }

    @Override
    String exitByException() {
        return publisher ? super.exitByException() : "exitWithoutStage";
    }

    @Override
    void handlers() {
        Label end = new Label();
        super.visitLabel(end);
        handler(start, end, Opcodes.TOP);
    }
}
