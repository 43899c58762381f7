package io.vperf.launcher;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent proper, as one named module of its own. Named, because JDK 24 and later grant native access by module: an
 * unnamed one could only be granted it together with the whole class path of the application.
 */
final class Core {

    private static final String MODULE = "io.vperf.core";

    private final CoreLoader loader;
    private final Module module;

    private Core(CoreLoader loader, Module module) {
        this.loader = loader;
        this.module = module;
    }

    /** In an application: nothing of its class path is seen, the probe classes are on the boot loader. */
    static Core open(Path jar, JdkDoors doors) throws IOException {
        return open(jar, ClassLoader.getPlatformClassLoader(), doors);
    }

    /** Alone: the probe classes are the launcher's neighbours in vperf.jar. */
    static Core openAlone(Path jar, JdkDoors doors) throws IOException {
        ClassLoader launcher = Core.class.getClassLoader();
        return open(jar, launcher != null ? launcher : ClassLoader.getPlatformClassLoader(), doors);
    }

    /** Without a layer, which takes some 50 ms, most of them for the resolution of the one module. */
    private static Core open(Path jar, ClassLoader parent, JdkDoors doors) throws IOException {
        CoreLoader loader = new CoreLoader(jar, parent);
        ModuleDescriptor descriptor =
                ModuleDescriptor.newModule(MODULE).packages(loader.packages()).build();
        @Nullable Module module = doors.defineModule(loader, descriptor);
        return new Core(loader, module == null ? inLayer(loader) : module);
    }

    private static Module inLayer(CoreLoader loader) throws IOException {
        // Automatic: reads every other module, exports and opens every package.
        ModuleDescriptor descriptor = ModuleDescriptor.newAutomaticModule(MODULE)
                .packages(loader.packages())
                .build();
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(new OneModule(descriptor), ModuleFinder.of(), Set.of(MODULE));
        return ModuleLayer.defineModules(configuration, List.of(ModuleLayer.boot()), name -> loader)
                .layer()
                .findModule(MODULE)
                .orElseThrow();
    }

    Module module() {
        return module;
    }

    Object call(String className, String method, Class<?>[] types, Object... arguments) throws Exception {
        try {
            return loader.loadClass(className).getMethod(method, types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static final class OneModule implements ModuleFinder {

        private final ModuleReference reference;

        OneModule(ModuleDescriptor descriptor) {
            this.reference = new ModuleReference(descriptor, null) {
                @Override
                public ModuleReader open() throws IOException {
                    throw new IOException("the classes of " + MODULE + " are read by their class loader");
                }
            };
        }

        @Override
        public Optional<ModuleReference> find(String name) {
            return name.equals(MODULE) ? Optional.of(reference) : Optional.empty();
        }

        @Override
        public Set<ModuleReference> findAll() {
            return Set.of(reference);
        }
    }
}
