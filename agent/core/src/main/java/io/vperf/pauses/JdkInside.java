package io.vperf.pauses;

import io.vperf.shim.Capability;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Packages that the JDK keeps to itself, opened to this module alone by the right every agent has. */
final class JdkInside {

    private JdkInside() {}

    /**
     * A class of such a package, for reflection.
     *
     * @param instrumentation null where the command line has opened the package
     */
    static Capability<Class<?>> open(
            @Nullable Instrumentation instrumentation, String moduleName, String packageName, String className) {
        Module module = ModuleLayer.boot().findModule(moduleName).orElse(null);
        if (module == null) {
            return Capability.unavailable(
                    "this JVM runs without the module " + moduleName, "--add-modules " + moduleName);
        }
        try {
            if (instrumentation != null) {
                Set<Module> here = Set.of(JdkInside.class.getModule());
                instrumentation.redefineModule(
                        module, Set.of(), Map.of(), Map.of(packageName, here), Set.of(), Map.of());
            }
            Class<?> there = Class.forName(module, packageName + '.' + className);
            return there == null
                    ? Capability.unavailable(moduleName + " has no " + packageName + '.' + className, "")
                    : Capability.available(there);
        } catch (RuntimeException | LinkageError e) {
            return Capability.unavailable(packageName + '.' + className + ": " + e, "");
        }
    }
}
