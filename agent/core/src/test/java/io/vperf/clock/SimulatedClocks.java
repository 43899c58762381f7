package io.vperf.clock;

import io.vperf.health.Health;
import io.vperf.shim.Capability;
import io.vperf.sim.SimThread;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a simulated guest, whose threads take turns on one real thread: before one reads, it is told which. No time
 * passes while clocks are read.
 */
public final class SimulatedClocks implements WallClock {

    /** What asking the kernel for a thread's CPU time costs. */
    public static final long CALL_NS = 600;

    private final LongSupplier nowNs;
    private final boolean signs;
    private final boolean perf;
    private final Health health;
    private final Map<Integer, ByteBuffer> signMemory = new HashMap<>();
    private @Nullable SimThread thread;
    private int kernelReadings;

    /**
     * @param signs whether switches can be seen without asking the kernel
     * @param perf whether a thread may have a perf event of its own
     */
    public SimulatedClocks(LongSupplier nowNs, boolean signs, boolean perf, Health health) {
        this.nowNs = nowNs;
        this.signs = signs;
        this.perf = perf;
        this.health = health;
    }

    /** This thread reads from now on. */
    public void turnTo(SimThread reader) {
        thread = reader;
        ByteBuffer memory = signMemory.get(reader.id());
        if (memory != null) {
            SwitchSign.LONG.setVolatile(memory, 0, reader.switches());
        }
    }

    private SimThread thread() {
        return Objects.requireNonNull(thread, "nobody's turn");
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
                () -> thread().vcpu(),
                new Kernel(),
                signs ? this::sign : null,
                new WaitSources(() -> Capability.available(new Waits()), new Perf(), health),
                CpuClock.Limits.of(CALL_NS),
                health);
    }

    private Capability<SwitchSign> sign() {
        ByteBuffer memory = ByteBuffer.allocateDirect(2 * Long.BYTES).alignedSlice(Long.BYTES);
        signMemory.put(thread().id(), memory);
        return Capability.available(new SwitchSign(memory, 0, null, () -> {}));
    }

    /** Of the thread whose turn it is; each reading counts as one of the kernel. */
    private final class Waits implements WaitCounters {

        @Override
        public long runDelayNs() {
            kernelReadings++;
            return thread().schedstatDelayNs();
        }

        @Override
        public long voluntarySwitches() {
            kernelReadings++;
            return thread().voluntarySwitches();
        }

        @Override
        public void close() {}
    }

    /** The task clock of the thread whose turn it is. */
    private final class Perf implements TaskTime.Source, TaskTime {

        @Override
        public Capability<String> prepare() {
            return perf ? Capability.available("simulated") : Capability.unavailable("forbidden", "");
        }

        @Override
        public Capability<TaskTime> forThisThread() {
            return Capability.available(this);
        }

        @Override
        public long nowNs() {
            kernelReadings++;
            return thread().taskClockNs();
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
                    return thread().cpuNs();
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
