package io.vperf.shim;

/** An event that each measured thread opens. Any thread may call. */
final class CounterEvent {

    /**
     * What to ask arm64 for, the best first, in config1 ({@code format/rdpmc} and {@code format/long} of its PMU): to be
     * readable in user space with 64 bits; with the 32 bits that processors before PMUv3.5 have; not at all. Linux 6.1
     * refuses the first as EOPNOTSUPP where it would take two counters.
     */
    private static final long[] ARM64_USER_SPACE = {3, 2, 0};

    private static final long[] AS_IT_IS = {0};

    private record Variant(NativeMemory leading, NativeMemory following) {}

    final PerfEvent event;
    private final Variant[] variants;

    /** The first that was not refused as not supported; which thread finds out does not matter. */
    private volatile int best;

    /** @param userSpace whether it is to be readable in user space where that can be */
    CounterEvent(Natives natives, PerfEvent event, boolean userSpace) {
        this.event = event;
        long[] config1 = userSpace && isOfArm64(event) ? ARM64_USER_SPACE : AS_IT_IS;
        variants = new Variant[config1.length];
        for (int i = 0; i < variants.length; i++) {
            variants[i] = new Variant(
                    CounterAttributes.of(natives, event, true, config1[i]),
                    CounterAttributes.of(natives, event, false, config1[i]));
        }
    }

    /** To other PMUs the same bits of config1 mean something else; the processor's is armv8_pmuv3, armv8_cortex_a57, ... */
    private static boolean isOfArm64(PerfEvent event) {
        return System.getProperty("os.arch", "").equals("aarch64")
                && (event.isOfProcessor() || event.name().startsWith("armv"));
    }

    /** A descriptor, or a negative errno. */
    int open(PerfCalls calls, int leader) {
        for (int i = best; ; i++) {
            Variant variant = variants[i];
            int fd = calls.open(leader == PerfCalls.NO_GROUP ? variant.leading : variant.following, leader);
            boolean last = i == variants.length - 1;
            if (last || fd != -Errno.EOPNOTSUPP) {
                best = fd >= 0 ? i : best;
                return fd;
            }
        }
    }
}
