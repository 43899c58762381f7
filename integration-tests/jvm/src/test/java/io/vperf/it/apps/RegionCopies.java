package io.vperf.it.apps;

import java.util.Set;

/**
 * The API once in the application and once more in each of two loaders, the second of which knows nothing else but {@code
 * java.*}. Each calls {@link User#run}.
 */
public final class RegionCopies {

    private static final Set<String> OWN = Set.of(
            User.class.getName(),
            "io.vperf.annotations.Region",
            "io.vperf.annotations.Vperf",
            "io.vperf.annotations.AgentCalls");

    private RegionCopies() {}

    public static void main(String[] args) throws Exception {
        System.out.println("own=" + User.run(10));
        System.out.println("child=" + use(new OwnLoader(OWN, false), 20));
        System.out.println("strict=" + use(new OwnLoader(OWN, true), 30));
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
}
