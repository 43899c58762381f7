package io.vperf.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The two internal packages of java.base that vperf uses, opened to vperf alone by the right every agent has
 * ({@link Instrumentation#redefineModule}). Each has a public way to fall back on, which costs a warning or a feature:
 *
 * <ul>
 *   <li>{@code Unsafe.defineClass} puts the probe classes on the boot loader. The public way,
 *       {@code appendToBootstrapClassLoaderSearch}, makes JDK 17 and 25 print "Sharing is only supported for boot loader
 *       classes" and stop sharing archived application classes.
 *   <li>{@code JavaLangAccess.addEnableNativeAccess} grants one module what {@code --enable-native-access} would grant;
 *       without it JDK 24 and later print a warning when jffi loads its library.
 * </ul>
 */
final class JdkDoors {

    private static final String UNSAFE_PACKAGE = "jdk.internal.misc";
    private static final String ACCESS_PACKAGE = "jdk.internal.access";
    private static final String PROBE_CLASSES = "io/vperf/bootstrap/";
    private final Instrumentation instrumentation;

    private JdkDoors(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    static JdkDoors open(Instrumentation instrumentation) {
        JdkDoors doors = new JdkDoors(instrumentation);
        doors.export(JdkDoors.class.getModule());
        return doors;
    }

    /** Lets {@code core} use the same two packages, and native code where the JDK asks for that right. */
    void letIn(Module core) {
        export(core);
        try {
            Class<?> secrets = Class.forName(ACCESS_PACKAGE + ".SharedSecrets");
            Object access = secrets.getMethod("getJavaLangAccess").invoke(null);
            Class<?> accessType = Class.forName(ACCESS_PACKAGE + ".JavaLangAccess");
            accessType.getMethod("addEnableNativeAccess", Module.class).invoke(access, core);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // JDK 17 to 21 ask for no such right; where a later one has moved the method, it prints its warning.
            return;
        }
    }

    /** Defines the probe classes of vperf.jar on the boot loader. */
    void defineOnBootLoader(Path jar) throws IOException {
        if (isOnBootLoader("io.vperf.bootstrap.Probe")) {
            return; // -Xbootclasspath/a:vperf.jar on the command line
        }
        try {
            defineEach(jar);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar.toFile()));
        }
    }

    private static void defineEach(Path jar) throws IOException, ReflectiveOperationException {
        Class<?> unsafeType = Class.forName(UNSAFE_PACKAGE + ".Unsafe");
        Object unsafe = unsafeType.getMethod("getUnsafe").invoke(null);
        Method define = unsafeType.getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class);
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.startsWith(PROBE_CLASSES) && name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        byte[] bytes = in.readAllBytes();
                        String className = name.substring(0, name.length() - ".class".length());
                        define.invoke(unsafe, className, bytes, 0, bytes.length, null, null);
                    }
                }
            }
        }
    }

    private void export(Module to) {
        Map<String, Set<Module>> exports = Map.of(UNSAFE_PACKAGE, Set.of(to), ACCESS_PACKAGE, Set.of(to));
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), exports, Map.of(), Set.of(), Map.of());
    }

    private static boolean isOnBootLoader(String name) {
        return find(name) != null;
    }

    private static @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
