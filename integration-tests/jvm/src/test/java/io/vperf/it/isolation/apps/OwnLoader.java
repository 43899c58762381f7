package io.vperf.it.isolation.apps;

import java.io.IOException;
import java.io.InputStream;

/** Defines one class itself. Where it is strict it knows nothing else but {@code java.*}. */
final class OwnLoader extends ClassLoader {

    private final String ownClass;
    private final boolean strict;

    OwnLoader(String ownClass, boolean strict) {
        super(OwnLoader.class.getClassLoader());
        this.ownClass = ownClass;
        this.strict = strict;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (name.equals(ownClass)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }
        if (strict && !name.startsWith("java.")) {
            throw new ClassNotFoundException(name + " is none of mine");
        }
        return super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
