package io.vperf.clock;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The JVM's own answer, for systems where no native code can be loaded. Costs a system call and JNI transitions. */
public final class MxBeanCpuClock implements CpuClock {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Whether this JVM offers it at all. */
    public boolean isSupported() {
        return threads.isCurrentThreadCpuTimeSupported();
    }

    @Override
    public Reader newReader() {
        return new Reader() {
            @Override
            public long nowNs() {
                long cpuNs = threads.getCurrentThreadCpuTime();
                return cpuNs < 0 ? UNKNOWN : cpuNs; // −1: switched off through the MXBean
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String name() {
        return "ThreadMXBean";
    }
}
