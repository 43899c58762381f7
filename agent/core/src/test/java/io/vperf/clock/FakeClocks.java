package io.vperf.clock;

import io.vperf.health.TestHealth;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All clocks of a machine of one's own making: one wall clock, and a CPU clock and a vCPU number per thread. */
public final class FakeClocks implements WallClock, VcpuClock {

    private final Map<Thread, long[]> cpuNs = new ConcurrentHashMap<>();
    private final Map<Thread, Integer> vcpu = new ConcurrentHashMap<>();
    public final AtomicInteger readersOpen = new AtomicInteger();
    private volatile long nowNs;
    private volatile long readingNs;
    private volatile long tickNs;
    private volatile Runnable whenAsked = () -> {};

    public FakeClocks(long nowNs) {
        this.nowNs = nowNs;
    }

    /** So long runs the calling thread after each reading of the wall clock, before it does anything else. */
    public void readingTakes(long ns) {
        readingNs = ns;
    }

    /** Time passes in which the calling thread runs for some of it. */
    public void advance(long wallNs, long ranNs) {
        pass(wallNs);
        run(ranNs);
    }

    /** Time passes in which nobody runs. May be negative. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time drives a test
    public void pass(long wallNs) {
        nowNs += wallNs;
    }

    /** From now on time passes with each reading. */
    public void tick(long ns) {
        tickNs = ns;
    }

    /** The calling thread is charged CPU time. May be negative. */
    public void run(long ranNs) {
        cpuOf(Thread.currentThread())[0] += ranNs;
    }

    /** The calling thread's CPU time cannot be told any more. */
    public void forgetCpu() {
        cpuOf(Thread.currentThread())[0] = ThreadClock.UNKNOWN;
    }

    /** The calling thread goes on on another vCPU. */
    public void migrate(int to) {
        vcpu.put(Thread.currentThread(), to);
    }

    private long[] cpuOf(Thread thread) {
        return cpuNs.computeIfAbsent(thread, t -> new long[1]);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public long nowNs() {
        if (tickNs != 0) {
            nowNs += tickNs;
        }
        long readNs = nowNs;
        if (readingNs > 0) {
            advance(readingNs, readingNs);
        }
        return readNs;
    }

    @Override
    public int current() {
        return vcpu.getOrDefault(Thread.currentThread(), 0);
    }

    /** What happens while the kernel is asked for CPU time. */
    public void whenAsked(Runnable action) {
        whenAsked = action;
    }

    /** A CPU clock that asks this machine's kernel at every reading. */
    public CpuClock cpu() {
        return cpu(0);
    }

    /** As above; asking is said to cost so much. */
    public CpuClock cpu(long callNs) {
        CpuClock.Limits limits = CpuClock.Limits.of(callNs);
        return new CpuClock("fake", this, this, new Kernel(), null, null, limits, new TestHealth().health());
    }

    private final class Kernel implements CpuTime.Source {

        @Override
        public CpuTime forThisThread() {
            readersOpen.incrementAndGet();
            long[] own = cpuOf(Thread.currentThread());
            return new CpuTime() {
                @Override
                public long nowNs() {
                    whenAsked.run();
                    return own[0];
                }

                @Override
                public void close() {
                    readersOpen.decrementAndGet();
                }
            };
        }

        @Override
        public String name() {
            return "fake";
        }
    }
}
