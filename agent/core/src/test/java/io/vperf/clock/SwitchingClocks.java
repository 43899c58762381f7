package io.vperf.clock;

import io.vperf.health.TestHealth;
import io.vperf.shim.Capability;
import io.vperf.shim.Rseq;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The clocks of one thread on a machine of one's own making, with a sign that shows when it is switched out, as a kernel
 * that excludes steal would drive them. Reading a clock takes time. Remembers everything, so that the true CPU time at any
 * moment can be asked for.
 */
public final class SwitchingClocks implements WallClock, VcpuClock {

    public static final long READ_NS = 25;
    public static final long CALL_NS = 600;

    /** What asking for one count of waits takes. */
    private static final long WAIT_READING_NS = 500;

    /** What asking for the time switched in takes. */
    private static final long TASK_READING_NS = 600;

    /** As far apart two readings may be. */
    public static final long GAP_NS = CpuClock.Limits.of(CALL_NS).gapNs();

    /**
     * The kernel is asked within so long, or not undisturbed: half of it is the error of a reading at either end of a call.
     * Two offsets that differ by less are taken for the same, so the rest of it may be a piece of steal.
     */
    public static final long QUIET_NS = CpuClock.Limits.of(CALL_NS).quietNs();

    /** For so long an offset is used. */
    public static final long AGE_NS = CpuClock.Limits.of(CALL_NS).ageNs();

    private static final long DESCRIPTOR = 0x7000_0000_0020L;

    private final ByteBuffer area = ByteBuffer.allocateDirect(64).alignedSlice(Rseq.BYTES);
    private final TreeMap<Long, Long> cpuNsByWallNs = new TreeMap<>();
    private final List<long[]> steals = new ArrayList<>();
    private long wallNs;
    private long cpuNs;
    private Runnable between = () -> {};
    private long voluntarySwitches;
    private long runDelayNs;
    private long switchedOutNs;
    private boolean perfAllowed;
    private final List<long[]> waits = new ArrayList<>();
    public int kernelReadings;
    public int waitReadings;
    public int taskReadings;

    public final TestHealth health = new TestHealth();

    public SwitchingClocks() {
        remember();
    }

    /** What may happen to the thread while it reads its clocks, before and after each. */
    public void between(Runnable happens) {
        between = happens;
    }

    public void run(long ns) {
        wallNs += ns;
        cpuNs += ns;
        remember();
    }

    /** The thread waits for something. */
    public void block(long ns) {
        voluntarySwitches++;
        waits.add(new long[] {wallNs, ns});
        switchOut(ns);
    }

    /** Another thread is preferred. */
    public void preempt(long ns) {
        runDelayNs += ns;
        waits.add(new long[] {wallNs, ns});
        switchOut(ns);
    }

    /** The thread waits for something, then for its turn. */
    public void block(long ns, long delayNs) {
        block(ns);
        preempt(delayNs);
    }

    private void switchOut(long ns) {
        wallNs += ns;
        switchedOutNs += ns;
        SwitchSign.LONG.setVolatile(area, Rseq.CS, 0L);
        remember();
    }

    /** The hypervisor takes the vCPU away. Neither charged nor shown. */
    public void steal(long ns) {
        steals.add(new long[] {wallNs, ns});
        blockUnseen(ns);
    }

    /** What a kernel of the newer rules does. */
    public void blockUnseen(long ns) {
        wallNs += ns;
        remember();
    }

    /** An interrupt came, and no switch. */
    public void clearSign() {
        SwitchSign.LONG.setVolatile(area, Rseq.CS, 0L);
    }

    /** Another library enters a critical section of its own and leaves its descriptor behind. */
    public void storeForeign() {
        SwitchSign.LONG.setVolatile(area, Rseq.CS, 0x1234_5678_9ab0L);
    }

    private void remember() {
        cpuNsByWallNs.put(wallNs, cpuNs);
    }

    /** The true CPU time at a moment. */
    public long cpuNsAt(long momentNs) {
        var before = cpuNsByWallNs.floorEntry(momentNs);
        var after = cpuNsByWallNs.ceilingEntry(momentNs);
        if (before == null || after == null) {
            throw new IllegalArgumentException("never was: " + momentNs);
        }
        long passedNs = momentNs - before.getKey();
        return Math.min(before.getValue() + passedNs, after.getValue()); // ran first, if at all
    }

    /** What was stolen between two moments in pieces below a size. */
    public long stolenNs(long fromNs, long toNs, long belowNs) {
        return steals.stream()
                .filter(s -> s[0] + s[1] >= fromNs && s[0] <= toNs && s[1] < belowNs)
                .mapToLong(s -> s[1])
                .sum();
    }

    public long wallNs() {
        return wallNs;
    }

    /** For how long the thread was switched out between two moments. */
    public long waitedNs(long fromNs, long toNs) {
        return waits.stream()
                .filter(w -> w[0] >= fromNs && w[0] + w[1] <= toNs)
                .mapToLong(w -> w[1])
                .sum();
    }

    @Override
    public long nowNs() {
        between.run();
        long now = wallNs;
        run(READ_NS);
        between.run();
        return now;
    }

    @Override
    public int current() {
        return 0;
    }

    /** The thread may have a perf event of its own. */
    public void allowPerf() {
        perfAllowed = true;
    }

    public CpuClock cpu() {
        return new CpuClock(
                "switching",
                this,
                this,
                new Kernel(),
                () -> Capability.available(new SwitchSign(area, Rseq.CS, DESCRIPTOR, () -> {})),
                new WaitSources(() -> Capability.available(new Waits()), new Perf(), health.health()),
                CpuClock.Limits.of(CALL_NS),
                health.health());
    }

    private final class Waits implements WaitCounters {

        @Override
        public long runDelayNs() {
            waitReadings++;
            run(WAIT_READING_NS);
            between.run();
            return runDelayNs;
        }

        @Override
        public long voluntarySwitches() {
            run(WAIT_READING_NS);
            between.run();
            return voluntarySwitches;
        }

        @Override
        public void close() {}
    }

    private final class Perf implements TaskTime.Source, TaskTime {

        @Override
        public Capability<String> prepare() {
            return perfAllowed ? Capability.available("switching") : Capability.unavailable("forbidden", "allow it");
        }

        @Override
        public Capability<TaskTime> forThisThread() {
            return Capability.available(this);
        }

        @Override
        public long nowNs() {
            taskReadings++;
            run(TASK_READING_NS / 2);
            between.run();
            long now = wallNs - switchedOutNs;
            between.run();
            run(TASK_READING_NS / 2);
            return now;
        }

        @Override
        public void close() {}
    }

    private final class Kernel implements CpuTime.Source {

        @Override
        public CpuTime forThisThread() {
            return new CpuTime() {
                @Override
                public long nowNs() {
                    kernelReadings++;
                    run(CALL_NS / 2);
                    between.run();
                    long now = cpuNs;
                    between.run();
                    run(CALL_NS / 2);
                    return now;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public String name() {
            return "switching";
        }
    }
}
