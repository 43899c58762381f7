package io.vperf.instrument;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;

/**
 * Defines a class in a loader of somebody else's. Uses {@code jdk.internal.misc.Unsafe}, which the launcher has exported to
 * the core: {@code Lookup.defineClass} needs a class of the same package to start from, and there is none.
 */
final class ClassDefiner {

    /**
     * @param internalName of the class, with slashes
     * @throws ReflectiveOperationException if the JDK has closed or moved the way
     */
    void define(ClassLoader loader, String internalName, byte[] classFile) throws ReflectiveOperationException {
        Class<?> unsafeType = Class.forName("jdk.internal.misc.Unsafe");
        Object unsafe = unsafeType.getMethod("getUnsafe").invoke(null);
        Method define = unsafeType.getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class);
        try {
            define.invoke(unsafe, internalName, classFile, 0, classFile.length, loader, null);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError alreadyDefined) {
                throw alreadyDefined;
            }
            throw e;
        }
    }
}
