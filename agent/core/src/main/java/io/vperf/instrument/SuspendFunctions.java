package io.vperf.instrument;

/**
 * Knows a suspend function of Kotlin by what its compiler makes of it: one parameter more, the last, for where to go on, and
 * Object as return type, as it returns either its result or a token that says it has suspended ("KEEP-164: Coroutines",
 * continuation passing style).
 */
final class SuspendFunctions {

    private static final String TAIL = "Lkotlin/coroutines/Continuation;)Ljava/lang/Object;";

    private SuspendFunctions() {}

    static boolean isOne(String descriptor) {
        return descriptor.endsWith(TAIL);
    }
}
