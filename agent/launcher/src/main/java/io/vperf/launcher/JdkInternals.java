package io.vperf.launcher;

import java.lang.module.ModuleDescriptor;
import jdk.internal.access.JavaLangAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/**
 * The calls themselves, for {@link JdkDoors}: linked when first run, which is after the doors have been opened. Not by
 * reflection, which on JDK 25 makes method handles, 5 to 10 ms for each new combination of types at the start of a JVM.
 * Throws a LinkageError where the JDK has moved or changed a method.
 */
final class JdkInternals {

    private JdkInternals() {}

    static void defineOnBootLoader(String internalName, byte[] classFile) {
        Unsafe.getUnsafe().defineClass(internalName, classFile, 0, classFile.length, null, null);
    }

    /** As the JDK does for dynamic proxies: in no layer. It reads every other module and exports every package. */
    static Module defineModule(ClassLoader loader, ModuleDescriptor descriptor) {
        JavaLangAccess access = SharedSecrets.getJavaLangAccess();
        Module module = access.defineModule(loader, descriptor, null);
        access.addReadsAllUnnamed(module);
        for (Module other : ModuleLayer.boot().modules()) {
            access.addReads(module, other);
        }
        for (String name : descriptor.packages()) {
            access.addExports(module, name);
        }
        return module;
    }

    /** A package of java.base. */
    static void export(String name, Module to) {
        SharedSecrets.getJavaLangAccess().addExports(Object.class.getModule(), name, to);
    }

    static void enableNativeAccess(Module module) {
        SharedSecrets.getJavaLangAccess().addEnableNativeAccess(module);
    }

    /** Runs the hook at exit, after those of the slots before; throws InternalError if this slot is taken. */
    static void atShutdown(Runnable hook, int slot) {
        SharedSecrets.getJavaLangAccess().registerShutdownHook(slot, false, hook);
    }
}
