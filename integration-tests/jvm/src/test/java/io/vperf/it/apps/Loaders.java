package io.vperf.it.apps;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Loads one marked class by many loaders, which are thrown away. Argument: how many. */
public final class Loaders {

    private static final int CALLS = 10;

    private Loaders() {}

    public static void main(String[] args) throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        long sum = 0;
        int count = Integer.parseInt(args[0]);
        for (int i = 0; i < count; i++) {
            ClassLoader loader = i % 2 == 0 ? new Plain() : new Parallel();
            IntUnaryOperator loaded = (IntUnaryOperator) loader.loadClass("io.vperf.it.apps.Loaded")
                    .getDeclaredConstructor()
                    .newInstance();
            for (int j = 0; j < CALLS; j++) {
                sum += loaded.applyAsInt(j);
            }
            loaders.add(new WeakReference<>(loader));
        }
        System.out.println("sum=" + sum);
        System.out.println("calls=" + count * CALLS);
        long endNs = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < endNs && alive(loaders) > 0) {
            System.gc();
            Thread.sleep(50);
        }
        System.out.println("alive=" + alive(loaders));
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    /** Child first for one class. */
    private static class Plain extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals("io.vperf.it.apps.Loaded")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = Loaders.class.getResourceAsStream("Loaded.class")) {
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

    private static final class Parallel extends Plain {
        static {
            registerAsParallelCapable();
        }
    }
}
