package io.vperf.it.apps;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** Defines some classes itself. Where it is strict it knows nothing else but {@code java.*}. */
public final class OwnLoader extends ClassLoader {

    private final Set<String> own;
    private final boolean strict;

    public OwnLoader(Set<String> own, boolean strict) {
        super(OwnLoader.class.getClassLoader());
        this.own = own;
        this.strict = strict;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (own.contains(name)) {
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
