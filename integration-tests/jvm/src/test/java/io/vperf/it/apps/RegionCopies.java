package io.vperf.it.apps;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * The API once in the application and once more in each of two loaders, the second of which knows nothing else but {@code
 * java.*}. Each calls {@link User#run}.
 */
public final class RegionCopies {

    private RegionCopies() {}

    public static void main(String[] args) throws Exception {
        System.out.println("own=" + User.run(10));
        System.out.println("child=" + use(new Copies(false), 20));
        System.out.println("strict=" + use(new Copies(true), 30));
    }

    private static Object use(ClassLoader loader, int calls) throws ReflectiveOperationException {
        return loader.loadClass(User.class.getName())
                .getMethod("run", int.class)
                .invoke(null, calls);
    }

    /** Uses regions. */
    public static final class User {

        private User() {}

        /** Returns 1 if the CPU time is known. */
        @SuppressWarnings("try")
        public static int run(int calls) {
            for (int i = 0; i < calls; i++) {
                try (io.vperf.annotations.Region r = io.vperf.annotations.Region.begin("copied")) {
                    Math.max(i, calls);
                }
            }
            return io.vperf.annotations.Vperf.virtualUsec() == io.vperf.annotations.Vperf.UNKNOWN ? 0 : 1;
        }
    }

    private static final class Copies extends ClassLoader {

        private static final Set<String> OWN = Set.of(
                User.class.getName(),
                "io.vperf.annotations.Region",
                "io.vperf.annotations.Vperf",
                "io.vperf.annotations.AgentCalls");

        private final boolean strict;

        Copies(boolean strict) {
            super(Copies.class.getClassLoader());
            this.strict = strict;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (OWN.contains(name)) {
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
}
