package io.vperf.it.isolation.apps;

import io.vperf.it.apps.OwnLoader;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Loads {@link Part} by loaders that are dropped at once, and looks whether they go away. Arguments: how many loaders,
 * whether they are strict.
 */
public final class Throwaway {

    /** The last ones may still be on a stack, in a register or in a cache of one. */
    private static final int LEFT_AT_MOST = 5;

    private Throwaway() {}

    public static void main(String[] args) throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            ClassLoader loader =
                    new OwnLoader(Set.of("io.vperf.it.isolation.apps.Part"), Boolean.parseBoolean(args[1]));
            sum += (Long) loader.loadClass("io.vperf.it.isolation.apps.Part")
                    .getMethod("run", int.class)
                    .invoke(null, 3);
            loaders.add(new WeakReference<>(loader));
        }
        long left = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && left > LEFT_AT_MOST; attempt++) {
            System.gc();
            Thread.sleep(50);
            left = loaders.stream().filter(loader -> loader.get() != null).count();
        }
        System.out.println("sum=" + sum + " loaders left: " + (left <= LEFT_AT_MOST ? "a few at most" : left));
    }
}
