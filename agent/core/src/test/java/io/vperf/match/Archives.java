package io.vperf.match;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes archives as build tools do. */
final class Archives {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Manifest manifest = new Manifest();

    Archives() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    static byte[] classFile(Class<?> c) {
        String path = '/' + c.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(c.getResourceAsStream(path))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Archives put(String folder, Class<?>... classes) {
        for (Class<?> c : classes) {
            entries.put(folder + c.getName().replace('.', '/') + ".class", classFile(c));
        }
        return this;
    }

    Archives put(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    Archives attribute(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    Path write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
