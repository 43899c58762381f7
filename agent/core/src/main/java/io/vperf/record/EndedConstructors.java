package io.vperf.record;

import java.util.Set;

/**
 * Finds frames of constructors whose call of super(…) threw: no probe sees that. Asked only when a call begins above a
 * constructor that has not reached its own body, which is rare; then the JVM's stack is searched for that constructor.
 */
final class EndedConstructors {

    /** A frame's descriptor is told only to those who may see its class (JDK 22 and later insist on it). */
    private final StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final MethodTable methods;

    EndedConstructors(MethodTable methods) {
        this.methods = methods;
    }

    /**
     * Drops and counts the topmost frames as long as they are of constructors that have ended.
     *
     * @param entering the method that is about to get a frame; it is on the JVM's stack already
     */
    void dropEnded(ThreadFrames t, int entering) {
        while (t.isTopProvisional()) {
            int methodId = t.at(t.depth() - 1).methodId();
            long onStack = count(methods.constructors(methodId)) - (methodId == entering ? 1 : 0);
            if (t.open(methodId) <= onStack) {
                return;
            }
            t.drop();
            methods.lost(methodId);
        }
    }

    private long count(Set<String> constructors) {
        return walker.walk(frames -> frames.filter(f -> f.getMethodName().equals("<init>")
                        && constructors.contains(f.getClassName() + f.getDescriptor()))
                .count());
    }
}
