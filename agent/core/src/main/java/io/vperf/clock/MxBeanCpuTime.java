package io.vperf.clock;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The JVM's own answer, for systems where no native code can be loaded. Costs a system call and JNI transitions. */
final class MxBeanCpuTime implements CpuTime.Source {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Whether this JVM offers it at all. */
    boolean isSupported() {
        return threads.isCurrentThreadCpuTimeSupported();
    }

    @Override
    public CpuTime forThisThread() {
        return new CpuTime() {
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
