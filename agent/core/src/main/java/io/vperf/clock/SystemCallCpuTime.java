package io.vperf.clock;

import io.vperf.shim.LibC;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;
import java.nio.ByteBuffer;

/** {@code clock_gettime(CLOCK_THREAD_CPUTIME_ID)} through JNR-FFI: 500 to 800 ns, exact, and on every Linux. */
final class SystemCallCpuTime implements CpuTime.Source {

    private static final int TIMESPEC_BYTES = 16;
    private static final long NS_PER_S = 1_000_000_000;

    private final LibC libc;
    private final Natives natives;

    SystemCallCpuTime(Natives natives) {
        this.natives = natives;
        this.libc = natives.libc();
    }

    @Override
    public CpuTime forThisThread() {
        return new OfThread(natives.allocate(TIMESPEC_BYTES));
    }

    @Override
    public String name() {
        return "clock_gettime";
    }

    private final class OfThread implements CpuTime {

        private final NativeMemory timespec;
        private final ByteBuffer buffer;
        private final long address;

        OfThread(NativeMemory timespec) {
            this.timespec = timespec;
            this.buffer = timespec.buffer();
            this.address = timespec.address();
        }

        @Override
        public long nowNs() {
            if (libc.clock_gettime(LibC.CLOCK_THREAD_CPUTIME_ID, address) != 0) {
                return UNKNOWN;
            }
            return buffer.getLong(0) * NS_PER_S + buffer.getLong(8);
        }

        @Override
        public void close() {
            natives.giveBack(timespec);
        }
    }
}
