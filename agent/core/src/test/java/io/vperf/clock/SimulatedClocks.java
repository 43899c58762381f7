package io.vperf.clock;

import io.vperf.health.Health;
import io.vperf.shim.Capability;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The clocks of a simulated guest, whose threads take turns on one real thread: before one reads, it is told which. No time
 * passes while clocks are read.
 */
public final class SimulatedClocks implements WallClock {

    /** What asking the kernel for a thread's CPU time costs. */
    public static final long CALL_NS = 600;

    private final LongSupplier nowNs;
    private final boolean signs;
    private final Health health;
    private final Map<Integer, ByteBuffer> signMemory = new HashMap<>();
    private int thread;
    private long cpuNs;
    private int vcpu;
    private int kernelReadings;

    /**
     * @param signs whether switches can be seen without asking the kernel
     */
    public SimulatedClocks(LongSupplier nowNs, boolean signs, Health health) {
        this.nowNs = nowNs;
        this.signs = signs;
        this.health = health;
    }

    /**
     * This thread reads from now on.
     *
     * @param thread its number
     * @param cpuNs its CPU time, as the kernel would tell it
     * @param switches changes at each switch
     */
    public void turnTo(int thread, long cpuNs, int vcpu, long switches) {
        this.thread = thread;
        this.cpuNs = cpuNs;
        this.vcpu = vcpu;
        ByteBuffer memory = signMemory.get(thread);
        if (memory != null) {
            SwitchSign.LONG.setVolatile(memory, 0, switches);
        }
    }

    /** How often the kernel was asked since this was last called. */
    public int takeKernelReadings() {
        int taken = kernelReadings;
        kernelReadings = 0;
        return taken;
    }

    @Override
    public long nowNs() {
        return nowNs.getAsLong();
    }

    public CpuClock cpu() {
        return new CpuClock(
                "simulated",
                this,
                () -> vcpu,
                new Kernel(),
                signs ? this::sign : null,
                CpuClock.Limits.of(CALL_NS),
                health);
    }

    private Capability<SwitchSign> sign() {
        ByteBuffer memory = ByteBuffer.allocateDirect(2 * Long.BYTES).alignedSlice(Long.BYTES);
        signMemory.put(thread, memory);
        return Capability.available(new SwitchSign(memory, 0, null, () -> {}));
    }

    private final class Kernel implements CpuTime.Source {

        @Override
        public CpuTime forThisThread() {
            return new CpuTime() {
                @Override
                public long nowNs() {
                    kernelReadings++;
                    return cpuNs;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public String name() {
            return "simulated";
        }
    }
}
