package io.vperf.instrument;

import io.vperf.bootstrap.Probe;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import net.bytebuddy.asm.Advice;

/** The code a measured method gets; copied into it by Byte Buddy. Constructors: see {@link ConstructorProbe}. */
final class ProbeAdvice {

    /** Marks the parameter that receives the method's number. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface MethodId {}

    private ProbeAdvice() {}

    @Advice.OnMethodEnter
    static int enter(@MethodId int methodId) {
        return Probe.enter(methodId);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, backupArguments = false)
    static void exit(@Advice.Enter int depth, @Advice.Thrown Throwable thrown) {
        Probe.exit(depth, thrown);
    }
}
