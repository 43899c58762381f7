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

/**
 * The agent proper, as one named module in a layer of its own. Named, because JDK 24 and later grant native access by
 * module: an unnamed one could only be granted it together with the whole class path of the application.
 */
final class Core {

    private static final String MODULE = "io.vperf.core";

    private final CoreLoader loader;
    private final Module module;

    private Core(CoreLoader loader, Module module) {
        this.loader = loader;
        this.module = module;
    }

    static Core open(Path jar) throws IOException {
        CoreLoader loader = new CoreLoader(jar);
        // Automatic: reads every other module, exports and opens every package (Gson reads records by reflection).
        ModuleDescriptor descriptor = ModuleDescriptor.newAutomaticModule(MODULE)
                .packages(loader.packages())
                .build();
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(new OneModule(descriptor), ModuleFinder.of(), Set.of(MODULE));
        ModuleLayer layer = ModuleLayer.defineModules(configuration, List.of(ModuleLayer.boot()), name -> loader)
                .layer();
        return new Core(loader, layer.findModule(MODULE).orElseThrow());
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
