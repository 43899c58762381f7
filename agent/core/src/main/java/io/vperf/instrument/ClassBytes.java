package io.vperf.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Class files by way of the loader that has them. */
final class ClassBytes {

    private ClassBytes() {}

    /** The class file of a class of vperf's own. */
    static byte[] of(Class<?> own) {
        byte[] bytes = find(own.getClassLoader(), own.getName());
        if (bytes == null) {
            throw new IllegalStateException(own.getName() + " is missing from vperf.jar: the file is damaged");
        }
        return bytes;
    }

    /** The class file a loader offers as a resource, or null if it offers none. */
    static byte @Nullable [] find(@Nullable ClassLoader loader, String className) {
        String path = className.replace('.', '/') + ".class";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(path) : loader.getResourceAsStream(path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
