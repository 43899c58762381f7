package io.vperf.match;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the class files below one path: a folder, a jar with the jars inside of it (Spring Boot's BOOT-INF/lib,
 * WEB-INF/lib), a class file. Of a multi-release jar it shows the versions that this JVM would load.
 */
final class ClassFiles {

    /** Jars in jars in jars: no archive of an application is nested deeper. */
    private static final int DEEPEST = 4;

    /** Gets each class file. */
    @FunctionalInterface
    interface Visitor {
        void visit(byte[] classFile, String where) throws IOException;
    }

    private final Visitor visitor;

    /** What the manifests of jars name as their class path, which the JVM would look at, too. */
    private final List<Path> classPath = new ArrayList<>();

    ClassFiles(Visitor visitor) {
        this.visitor = visitor;
    }

    List<Path> classPath() {
        return classPath;
    }

    /**
     * Visits all there are.
     *
     * @throws IOException if something cannot be read, or is neither jar nor class file nor folder
     */
    void visit(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            folder(path);
        } else if (isClass(path.toString())) {
            visitor.visit(Files.readAllBytes(path), path.toString());
        } else {
            jar(path, path.toString(), 0);
        }
    }

    private void folder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            if (isClass(file.toString())) {
                visitor.visit(Files.readAllBytes(file), file.toString());
            } else if (file.toString().endsWith(".jar")) {
                jar(file, file.toString(), 0);
            }
        }
    }

    private void jar(Path file, String where, int depth) throws IOException {
        // With this version, entries of a multi-release jar are those that a class loader of this JVM takes.
        try (JarFile jar = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            if (depth == 0) {
                addClassPath(jar.getManifest(), file);
            }
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.startsWith("META-INF/versions/")) {
                    continue;
                }
                if (isClass(name)) {
                    JarEntry ofThisJvm = jar.isMultiRelease() ? jar.getJarEntry(name) : entry;
                    try (InputStream in = jar.getInputStream(ofThisJvm)) {
                        visitor.visit(in.readAllBytes(), where + "!/" + name);
                    }
                } else if ((name.endsWith(".jar") || name.endsWith(".war")) && depth < DEEPEST) {
                    nested(jar, entry, where + "!/" + name, depth + 1);
                }
            }
            if (jar.isMultiRelease()) {
                ofVersionsOnly(jar, where);
            }
        }
    }

    /** Classes of a multi-release jar without one for older JVMs. */
    private void ofVersionsOnly(JarFile jar, String where) throws IOException {
        List<JarEntry> entries = jar.versionedStream()
                .filter(entry -> isClass(entry.getName()) && jar.getEntry(entry.getName()) != null)
                .filter(entry -> entry.getRealName().startsWith("META-INF/versions/"))
                .toList();
        for (JarEntry entry : entries) {
            try (InputStream in = jar.getInputStream(entry)) {
                visitor.visit(in.readAllBytes(), where + "!/" + entry.getRealName());
            }
        }
    }

    private void nested(JarFile jar, JarEntry entry, String where, int depth) throws IOException {
        Path copy = Files.createTempFile("vperf-match-", ".jar");
        try {
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            jar(copy, where, depth);
        } finally {
            Files.delete(copy);
        }
    }

    private void addClassPath(@Nullable Manifest manifest, Path jar) {
        String paths = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (paths == null) {
            return;
        }
        for (String one : paths.strip().split("\\s+", -1)) {
            Path path = pathOf(jar, one);
            if (path != null && Files.exists(path)) {
                classPath.add(path);
            }
        }
    }

    /** Null for what the JVM passes over, too. */
    private static @Nullable Path pathOf(Path jar, String url) {
        try {
            return Path.of(jar.toAbsolutePath().toUri().resolve(url));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class");
    }
}
