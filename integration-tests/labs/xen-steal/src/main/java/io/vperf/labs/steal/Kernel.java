package io.vperf.labs.steal;

/**
 * The kernels of the lab, and how far from the reference corrected values may be.
 *
 * @param medianLimit of the corrected median, a fraction of the reference
 * @param longP99Limit of the corrected p99 of long calls
 * @param shortP99Limit of the corrected p99 of short calls
 * @param sumLimit of the sum of stolen time, a fraction of the kernel's counter
 */
record Kernel(
        String name, boolean excludes, double medianLimit, double longP99Limit, double shortP99Limit, double sumLimit) {

    private static final Kernel DEBIAN = new Kernel("debian", false, 0.03, 0.10, 0.25, 0.05);
    private static final Kernel PTA = new Kernel("pta", true, 0.02, 0.05, 0.10, 0.03);

    /** @param name as the lab's folder has it */
    static Kernel of(String name) {
        return switch (name) {
            case "debian" -> DEBIAN;
            case "pta" -> PTA;
            default -> throw new IllegalArgumentException("the lab has no kernel " + name);
        };
    }

    double p99Limit(String method) {
        return method.equals("long") ? longP99Limit : shortP99Limit;
    }

    String title() {
        return excludes
                ? "Kernel that excludes steal from CPU time (`pta`)"
                : "Kernel that includes steal in CPU time (`debian`)";
    }

    String reference() {
        return excludes ? "the thread CPU time of the same calls" : "the wall time of the same calls without steal";
    }
}
