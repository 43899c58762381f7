package io.vperf.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The internal packages of java.base that vperf uses, opened to vperf alone by the right every agent has
 * ({@link Instrumentation#redefineModule}), or by the manifest's {@code Add-Exports}, which holds for {@code java -jar} alone. Each has a public way to fall back on, which costs a warning, a feature or time:
 *
 * <ul>
 *   <li>{@code Unsafe.defineClass} puts the probe classes on the boot loader. The public way,
 *       {@code appendToBootstrapClassLoaderSearch}, makes JDK 17 and 25 print "Sharing is only supported for boot loader
 *       classes" and stop sharing archived application classes.
 *   <li>{@code JavaLangAccess.defineModule} makes a module without a layer, 50 ms cheaper than with one.
 *   <li>{@code JavaLangAccess.addEnableNativeAccess} grants one module what {@code --enable-native-access} would grant;
 *       without it JDK 24 and later print a warning when jffi loads its library.
 *   <li>{@code Continuation.pin} and what JDK 21 and later tell of a virtual thread's carrier: else its CPU time is refused.
 *   <li>{@code JavaLangAccess.registerShutdownHook} runs vperf's last work after the application's hooks, not beside them.
 * </ul>
 */
final class JdkDoors {

    private static final String UNSAFE_PACKAGE = "jdk.internal.misc";
    private static final String ACCESS_PACKAGE = "jdk.internal.access";
    private static final String CONTINUATION_PACKAGE = "jdk.internal.vm";

    /** All of the package; looking for them among the jar's 5,000 entries would cost each start 40 ms. */
    private static final List<String> PROBE_CLASSES =
            List.of("io/vperf/bootstrap/ProbeHandler", "io/vperf/bootstrap/Probe");

    private final @Nullable Instrumentation instrumentation;

    private JdkDoors(@Nullable Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** In an application. */
    static JdkDoors open(Instrumentation instrumentation) {
        JdkDoors doors = new JdkDoors(instrumentation);
        doors.export(JdkDoors.class.getModule());
        return doors;
    }

    /** For {@code java -jar}. */
    static JdkDoors open() {
        return new JdkDoors(null);
    }

    /** Lets {@code core} use the same packages, and native code where the JDK asks for that right. */
    void letIn(Module core) {
        try {
            export(core);
            JdkInternals.enableNativeAccess(core);
        } catch (LinkageError e) {
            // JDK 17 to 21 ask for no such right; where a later one has moved the method, it prints its warning. The
            // core
            // does without the packages.
            return;
        }
    }

    /**
     * Makes a module that is in no layer, reads every other module and exports every package.
     *
     * @return null where the JDK has closed or moved the way
     */
    @Nullable
    Module defineModule(ClassLoader loader, ModuleDescriptor descriptor) {
        try {
            return JdkInternals.defineModule(loader, descriptor);
        } catch (LinkageError e) {
            return null;
        }
    }

    /** Defines the probe classes of vperf.jar on the boot loader. */
    static void defineOnBootLoader(Path jar, Instrumentation instrumentation) throws IOException {
        if (isOnBootLoader("io.vperf.bootstrap.Probe")) {
            return; // -Xbootclasspath/a:vperf.jar on the command line
        }
        try {
            defineEach(jar);
        } catch (RuntimeException | LinkageError e) {
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar.toFile()));
        }
    }

    private static void defineEach(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            for (String name : PROBE_CLASSES) {
                JarEntry entry = file.getJarEntry(name + ".class");
                if (entry == null) {
                    throw new IOException(name + " is missing from " + jar + ": the file is damaged");
                }
                try (InputStream in = file.getInputStream(entry)) {
                    JdkInternals.defineOnBootLoader(name, in.readAllBytes());
                }
            }
        }
    }

    private void export(Module to) {
        if (instrumentation == null) {
            JdkInternals.export(UNSAFE_PACKAGE, to);
            JdkInternals.export(ACCESS_PACKAGE, to);
            return;
        }
        Map<String, Set<Module>> exports =
                Map.of(UNSAFE_PACKAGE, Set.of(to), ACCESS_PACKAGE, Set.of(to), CONTINUATION_PACKAGE, Set.of(to));
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
