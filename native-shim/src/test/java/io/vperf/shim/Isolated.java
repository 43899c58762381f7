package io.vperf.shim;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs a step in a class loader of its own, as jffi loads once per class loader. The step and its answer use classes of
 * the JDK only.
 */
final class Isolated {

    private Isolated() {}

    @SuppressWarnings("unchecked") // the step's class is the argument's, in another loader
    static String run(Class<? extends Function<List<Path>, String>> step, Path... arguments) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(new File(entry).toURI().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var constructor = loader.loadClass(step.getName()).getDeclaredConstructor();
            return ((Function<List<Path>, String>) constructor.newInstance()).apply(List.of(arguments));
        }
    }
}
