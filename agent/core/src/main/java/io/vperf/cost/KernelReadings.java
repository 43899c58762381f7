package io.vperf.cost;

import io.vperf.Cpuids;
import io.vperf.clock.ReadingCost.Readings;
import io.vperf.platform.CpuidReader;
import io.vperf.shim.Capability;
import io.vperf.shim.LibC;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;
import io.vperf.shim.Shim;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/** Readings as the kernel, the JVM and the processor give them, without what vperf makes of them. */
final class KernelReadings {

    private static final int TIMESPEC_BYTES = 16;
    private static final int EXTENDED_LEAVES = 0x8000_0000;
    private static final int EXTENDED_FEATURES = 0x8000_0001;

    /** AMD64 Architecture Programmer's Manual 3, CPUID Fn8000_0001 EDX: RDTSCP; the same with Intel. */
    private static final int RDTSCP = 1 << 27;

    private KernelReadings() {}

    static Readings clockGettime(Natives natives) {
        LibC libc = natives.libc();
        NativeMemory timespec = natives.allocate(TIMESPEC_BYTES);
        long address = timespec.address();
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += libc.clock_gettime(LibC.CLOCK_THREAD_CPUTIME_ID, address);
            }
            return sum + timespec.buffer().getLong(0);
        };
    }

    static Readings schedGetcpu(Natives natives) {
        LibC libc = natives.libc();
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += libc.sched_getcpu();
            }
            return sum;
        };
    }

    static Capability<Supplier<Readings>> threadMxBean() {
        try {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return threads.isCurrentThreadCpuTimeSupported()
                    ? Capability.available(() -> threadMxBean(threads))
                    : Capability.unavailable("this JVM's ThreadMXBean does not tell it", "");
        } catch (NoClassDefFoundError e) {
            return Capability.unavailable(
                    "the module java.management is not in this JVM", "--add-modules java.management at jlink");
        }
    }

    private static Readings threadMxBean(ThreadMXBean threads) {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += threads.getCurrentThreadCpuTime();
            }
            return sum;
        };
    }

    /** One instruction tells time and vCPU. */
    static Capability<Supplier<Readings>> rdtscp(Capability<Natives> natives) {
        return natives.then(n -> n.shim()
                .then(shim -> hasRdtscp(Cpuids.reader(natives))
                        .then(yes -> Capability.available(() -> rdtscp(shim, n.allocate(Integer.BYTES))))));
    }

    private static Readings rdtscp(Shim shim, NativeMemory vcpu) {
        long address = vcpu.address();
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += shim.vperf_tsc_and_vcpu(address);
            }
            return sum;
        };
    }

    /** Without the instruction the process would die. */
    private static Capability<Boolean> hasRdtscp(CpuidReader cpuid) {
        return cpuid.leaf(EXTENDED_LEAVES, 0)
                .then(most -> Integer.compareUnsigned(most[0], EXTENDED_FEATURES) < 0
                        ? noRdtscp()
                        : cpuid.leaf(EXTENDED_FEATURES, 0)
                                .then(leaf ->
                                        (leaf[3] & RDTSCP) == 0 ? noRdtscp() : Capability.available(Boolean.TRUE)));
    }

    private static Capability<Boolean> noRdtscp() {
        return Capability.unavailable("the processor has no RDTSCP (CPUID 0x80000001 EDX bit 27 is clear)", "");
    }
}
