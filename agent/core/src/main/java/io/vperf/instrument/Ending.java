package io.vperf.instrument;

import java.util.Set;
import net.bytebuddy.jar.asm.Type;

/** Up to where a method is measured, besides to its return. */
enum Ending {
    /** No further. */
    RETURN,

    /** The completion of the stage it returns, if it returns one. */
    COMPLETION,

    /** The end of each subscription to the publisher it returns, which is exchanged for a wrapper. */
    SUBSCRIPTION;

    private static final String PUBLISHER = "Ljava/util/concurrent/Flow$Publisher;";

    private static final Set<String> STAGES =
            Set.of("Ljava/util/concurrent/CompletionStage;", "Ljava/util/concurrent/CompletableFuture;");

    /** Of no stage's class, as they are final. */
    private static final Set<String> NEVER_STAGES = Set.of(
            "Ljava/lang/String;",
            "Ljava/lang/Void;",
            "Ljava/lang/Boolean;",
            "Ljava/lang/Character;",
            "Ljava/lang/Byte;",
            "Ljava/lang/Short;",
            "Ljava/lang/Integer;",
            "Ljava/lang/Long;",
            "Ljava/lang/Float;",
            "Ljava/lang/Double;",
            "Ljava/lang/Class;",
            "Ljava/util/Optional;");

    /**
     * Of a method that carries {@code until = COMPLETION} itself. Classes are not loaded here: whether what is returned is a stage is seen
     * when it is returned, unless the declared type rules it out. Then the answer is {@link #RETURN}.
     */
    static Ending marked(String name, String descriptor) {
        Type type = Type.getReturnType(descriptor);
        if (name.startsWith("<") || type.getSort() != Type.OBJECT || NEVER_STAGES.contains(type.getDescriptor())) {
            return RETURN;
        }
        return type.getDescriptor().equals(PUBLISHER) ? SUBSCRIPTION : COMPLETION;
    }

    /** Of a method whose type carries it: other methods of the type may return something else for good reason. */
    static Ending markedByType(String descriptor) {
        String type = Type.getReturnType(descriptor).getDescriptor();
        return type.equals(PUBLISHER) ? SUBSCRIPTION : STAGES.contains(type) ? COMPLETION : RETURN;
    }
}
