package io.vperf.clock;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one native thread was off its CPU for, in sums that grow. Used by that thread alone.
 *
 * <p>That it was off is seen at each renewal of its {@link ThreadClock}; what for, the kernel and the JVM must be asked, and a
 * question costs as much as a short call. So they are asked when a hundred times that has passed since they were asked last, or a
 * call is over that took as long: what was between two questions is known together. Time off the CPU that nobody was asked about
 * yet is in {@link Sums#delayOpenNs} and {@link Sums#blockOpenNs}.
 */
public final class OffCpuTimes {

    /** Of a thread that nobody asks. Never changes. */
    static final OffCpuTimes NONE = new OffCpuTimes(null, null, 0);

    /** The JVM counts in milliseconds. */
    private static final long BLOCK_RESOLUTION_NS = 1_000_000;

    /** What was found so far; only differences mean anything. */
    public static final class Sums {

        /** What the kernel counted as run delay when it was asked last. */
        private long delayNs;

        /** Off the CPU since. */
        private long delayOpenNs;

        private int delayQuestions;

        /** How often it had given its vCPU up when the kernel was asked last. */
        private long voluntarySwitches;

        /** What the JVM counted as waiting for a monitor, and for anything else it knows of, when it was asked last. */
        private long monitorNs;

        private long waitingNs;

        /** Off the CPU since. */
        private long blockOpenNs;

        private int blockQuestions;

        /** Takes over another's. */
        public void set(Sums from) {
            delayNs = from.delayNs;
            delayOpenNs = from.delayOpenNs;
            delayQuestions = from.delayQuestions;
            voluntarySwitches = from.voluntarySwitches;
            monitorNs = from.monitorNs;
            waitingNs = from.waitingNs;
            blockOpenNs = from.blockOpenNs;
            blockQuestions = from.blockQuestions;
        }

        private long delayOpenNs(Sums since) {
            return delayQuestions == since.delayQuestions ? delayOpenNs - since.delayOpenNs : delayOpenNs;
        }

        private long blockOpenNs(Sums since) {
            return blockQuestions == since.blockQuestions ? blockOpenNs - since.blockOpenNs : blockOpenNs;
        }

        /** Run delay that was surely after {@code since}: less than all, if there was time before that nobody had asked about. */
        public long runDelayNs(Sums since) {
            return Math.max(0, delayNs - since.delayNs - openBeforeNs(since));
        }

        /** Time off the CPU after {@code since} of which it is not known whether it was run delay. */
        public long unaskedNs(Sums since) {
            return Math.min(openBeforeNs(since), delayNs - since.delayNs) + delayOpenNs(since);
        }

        /** Whether the thread may have been blocked after {@code since}: whoever only lost its vCPU was not. */
        public boolean mayHaveBlocked(Sums since) {
            return voluntarySwitches != since.voluntarySwitches || delayOpenNs(since) > 0;
        }

        private long openBeforeNs(Sums since) {
            return delayQuestions == since.delayQuestions ? 0 : since.delayOpenNs;
        }

        /** What the JVM counted as waiting for a monitor; a millisecond is its resolution. */
        public long monitorNs(Sums since) {
            return Math.max(0, monitorNs - since.monitorNs);
        }

        /** What it counted as waiting by wait, park or sleep; the same. */
        public long waitingNs(Sums since) {
            return Math.max(0, waitingNs - since.waitingNs);
        }
    }

    private final @Nullable Supplier<@Nullable WaitCounters> kernel;
    private final @Nullable BlockTimes jvm;
    private final long askEveryNs;

    private final Sums now = new Sums();
    private final Sums before = new Sums();
    private long renewalNs;
    private long delayAskedNs;
    private long blockAskedNs;

    /**
     * @param kernel the calling thread's; empty where it has none
     * @param jvm of the calling thread; null where nobody may be asked
     * @param askEveryNs the least between two questions, to the kernel, without need
     */
    OffCpuTimes(@Nullable Supplier<@Nullable WaitCounters> kernel, @Nullable BlockTimes jvm, long askEveryNs) {
        this.kernel = kernel;
        this.jvm = jvm;
        this.askEveryNs = askEveryNs;
        if (kernel != null) {
            askKernel();
            if (jvm != null && jvm.isReady()) {
                askJvm();
            }
            before.set(now);
        }
    }

    /** The clock is about to ask for the thread's CPU time. */
    void renewalBegins() {
        if (kernel != null) {
            before.set(now);
            renewalNs = 0;
        }
    }

    /**
     * What the clock found.
     *
     * @param offNs for how long the thread was off its CPU since the last renewal; may be told again as it grows
     * @return whether anybody was asked, which took time
     */
    boolean renewed(long offNs, long wallNs) {
        if (kernel == null || offNs <= renewalNs) {
            return false;
        }
        now.delayOpenNs += offNs - renewalNs;
        now.blockOpenNs += offNs - renewalNs;
        renewalNs = offNs;
        boolean asked = false;
        if (wallNs - delayAskedNs >= askEveryNs) {
            delayAskedNs = wallNs;
            asked = askKernel();
        }
        if (now.blockOpenNs >= BLOCK_RESOLUTION_NS && wallNs - blockAskedNs >= BLOCK_RESOLUTION_NS) {
            blockAskedNs = wallNs;
            asked |= askJvm();
        }
        return asked;
    }

    /** A call is over that began with {@code since}: asks about what it was off the CPU for, if it is worth its length. */
    public void callEnds(Sums since, long callNs, long wallNs) {
        if (kernel == null) {
            return;
        }
        if (callNs >= askEveryNs && now.delayOpenNs(since) > callNs / 100) {
            delayAskedNs = wallNs;
            askKernel();
        }
        if (callNs >= BLOCK_RESOLUTION_NS && now.blockOpenNs(since) > Math.max(callNs / 100, BLOCK_RESOLUTION_NS / 2)) {
            blockAskedNs = wallNs;
            askJvm();
        }
    }

    private boolean askKernel() {
        WaitCounters counters = kernel == null ? null : kernel.get();
        long voluntary = counters == null ? -1 : counters.voluntarySwitches();
        long delayNs = counters == null ? -1 : counters.runDelayNs();
        if (voluntary < 0 || delayNs < now.delayNs) {
            return counters != null;
        }
        now.voluntarySwitches = voluntary;
        now.delayNs = delayNs;
        now.delayOpenNs = 0;
        now.delayQuestions++;
        return true;
    }

    private boolean askJvm() {
        if (jvm == null || !jvm.read()) {
            return false;
        }
        now.monitorNs = jvm.monitorNs();
        now.waitingNs = jvm.waitingNs();
        now.blockOpenNs = 0;
        now.blockQuestions++;
        return true;
    }

    /** By now. */
    public Sums now() {
        return now;
    }

    /** Before the last renewal. */
    public Sums before() {
        return before;
    }
}
