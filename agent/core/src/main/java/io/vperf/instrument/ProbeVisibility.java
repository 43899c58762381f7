package io.vperf.instrument;

import io.vperf.bootstrap.Probe;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a class loader finds {@link Probe}. Almost every loader hands unknown packages upward, to the boot loader
 * in the end. One that does not (an OSGi bundle's, JBoss Modules') gets a class of that name of its own, which passes each
 * call on. The JVM looks at what a loader has defined before it asks the loader, so the loader itself stays as it is.
 */
final class ProbeVisibility {

    private static final String PROBE = "io/vperf/bootstrap/Probe";

    private final ClassDefiner definer;
    private final Set<ClassLoader> seen = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    ProbeVisibility(ClassDefiner definer) {
        this.definer = definer;
    }

    /**
     * @throws IllegalStateException if the loader neither finds the probe nor can be given a bridge to it
     */
    void ensure(@Nullable ClassLoader loader) {
        if (loader == null || seen.contains(loader)) {
            return;
        }
        if (!finds(loader)) {
            try {
                definer.define(loader, PROBE, bridge());
            } catch (ReflectiveOperationException | LinkageError e) {
                throw new IllegalStateException(
                        "the class loader " + loader.getClass().getName()
                                + " does not find io.vperf.bootstrap.Probe on the boot loader and cannot be given a bridge to it;"
                                + " let it delegate the package io.vperf.bootstrap",
                        e);
            }
        }
        seen.add(loader);
    }

    private static boolean finds(ClassLoader loader) {
        try {
            Class<?> found = Class.forName(Probe.class.getName(), false, loader);
            // Another class of this name is an earlier bridge.
            return found == Probe.class || found.getClassLoader() == loader;
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return false;
        }
    }

    /** {@link ProbeBridge} under the probe's name. */
    private static byte[] bridge() {
        ClassWriter writer = new ClassWriter(0);
        String template = ProbeBridge.class.getName().replace('.', '/');
        new ClassReader(ClassBytes.of(ProbeBridge.class))
                .accept(new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, template, PROBE)), 0);
        return writer.toByteArray();
    }
}
