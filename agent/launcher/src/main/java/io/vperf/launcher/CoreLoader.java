package io.vperf.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the core and its libraries from {@code inst/} of vperf.jar, where class files end in {@code .classdata} so that no
 * other loader takes them for classes. Child first: whatever an application puts on the class path or the boot class path,
 * vperf runs with the libraries it was built with. The JDK and the probe classes come from above.
 */
final class CoreLoader extends ClassLoader {

    private static final String PREFIX = "inst/";
    private static final String PACKAGES = PREFIX + "packages";
    private static final String CLASS = ".class";
    private static final String CLASS_IN_JAR = ".classdata";
    private static final String SHARED_WITH_APPLICATION = "io.vperf.bootstrap.";

    static {
        registerAsParallelCapable();
    }

    private final JarFile jar;
    private final Path path;
    private final ProtectionDomain domain;

    /**
     * A loader of vperf.jar's core.
     *
     * @param parent where the probe classes are: they are shared, and not the core's
     */
    CoreLoader(Path path, ClassLoader parent) throws IOException {
        super("vperf", parent);
        this.path = path;
        this.jar = new JarFile(path.toFile(), false);
        this.domain =
                new ProtectionDomain(new CodeSource(path.toUri().toURL(), (Certificate[]) null), null, this, null);
    }

    /** The packages to be found here, in dotted form; the build has listed them. */
    Set<String> packages() throws IOException {
        JarEntry entry = jar.getJarEntry(PACKAGES);
        if (entry == null) {
            throw new IOException(PACKAGES + " is missing from " + path + ": the file is damaged");
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Set.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null && !name.startsWith("java.") && !name.startsWith(SHARED_WITH_APPLICATION)) {
                found = define(name);
            }
            if (found == null) {
                return super.loadClass(name, resolve);
            }
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        throw new ClassNotFoundException(name + " is neither in vperf.jar nor in the JDK");
    }

    /** Called by the module system; everything here belongs to the one module. */
    @Override
    protected @Nullable Class<?> findClass(String moduleName, String name) {
        try {
            return loadClass(name, false);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private @Nullable Class<?> define(String name) throws ClassNotFoundException {
        JarEntry entry = jar.getJarEntry(PREFIX + name.replace('.', '/') + CLASS_IN_JAR);
        if (entry == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            // Of known size: readAllBytes goes by pieces, a twentieth of a start.
            byte[] bytes = new byte[Math.toIntExact(entry.getSize())];
            int length = in.readNBytes(bytes, 0, bytes.length);
            return defineClass(name, bytes, 0, length, domain);
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " cannot be read from " + path, e);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        String inJar = PREFIX
                + (name.endsWith(CLASS) ? name.substring(0, name.length() - CLASS.length()) + CLASS_IN_JAR : name);
        if (jar.getJarEntry(inJar) == null) {
            return null;
        }
        try {
            return URI.create("jar:" + path.toUri() + "!/" + inJar).toURL();
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override
    protected @Nullable URL findResource(String moduleName, String name) {
        return findResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL own = findResource(name);
        return Collections.enumeration(own == null ? List.of() : List.of(own));
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        String inJar = PREFIX
                + (name.endsWith(CLASS) ? name.substring(0, name.length() - CLASS.length()) + CLASS_IN_JAR : name);
        JarEntry entry = jar.getJarEntry(inJar);
        try {
            return entry != null ? jar.getInputStream(entry) : super.getResourceAsStream(name);
        } catch (IOException e) {
            return null;
        }
    }
}
