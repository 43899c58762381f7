package io.vperf.pauses;

import io.vperf.shim.Capability;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What {@code jcmd} sends to a JVM, given to the own one from within.
 *
 * <p>The public way would be the platform's MBean server, which an application may want to be made with its own
 * {@code javax.management.builder.initial}, or after its own log manager was set: an agent must not be the first to ask
 * for it. What that server calls is called here directly; 8 classes of {@code javax.management} are loaded, none of logging.
 */
final class DiagnosticCommands {

    private static final String MODULE = "jdk.management";
    private static final String PACKAGE = "com.sun.management.internal";

    private final Object bean;
    private final Method execute;

    private DiagnosticCommands(Object bean, Method execute) {
        this.bean = bean;
        this.execute = execute;
    }

    static Capability<DiagnosticCommands> of(@Nullable Instrumentation instrumentation) {
        return JdkInside.open(instrumentation, MODULE, PACKAGE, "DiagnosticCommandImpl")
                .then(DiagnosticCommands::of);
    }

    private static Capability<DiagnosticCommands> of(Class<?> type) {
        try {
            // It loads the native library of both.
            Class.forName(PACKAGE + ".PlatformMBeanProviderImpl", true, type.getClassLoader());
            Method get = type.getDeclaredMethod("getDiagnosticCommandMBean");
            get.setAccessible(true);
            Object bean = get.invoke(null);
            Method execute = type.getDeclaredMethod("executeDiagnosticCommand", String.class);
            execute.setAccessible(true);
            return bean == null
                    ? Capability.unavailable("this JVM has no diagnostic commands", "")
                    : Capability.available(new DiagnosticCommands(bean, execute));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Capability.unavailable("the JVM's diagnostic commands: " + e, "");
        }
    }

    /** What it answers, which for some commands is nothing unless they fail. */
    Capability<String> run(String command) {
        try {
            return Capability.available(
                    String.valueOf(execute.invoke(bean, command)).strip());
        } catch (InvocationTargetException e) {
            return Capability.unavailable(command + ": " + e.getCause(), "");
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Capability.unavailable(command + ": " + e, "");
        }
    }
}
