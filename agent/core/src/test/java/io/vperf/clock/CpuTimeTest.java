package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CpuTimeTest {

    private static Natives natives() {
        Capability<Natives> natives = Natives.load(Natives.defaultFolders());
        assumeTrue(natives instanceof Capability.Available, () -> "no native code: " + natives);
        return ((Capability.Available<Natives>) natives).value();
    }

    @Test
    void shouldAgreeWithTheJvmAboutTheCpuTimeOfThisThread() {
        MxBeanCpuTime bean = new MxBeanCpuTime();
        assumeTrue(bean.isSupported(), "this JVM cannot tell the CPU time of a thread");
        CpuTime beans = bean.forThisThread();
        CpuTime systems = new SystemCallCpuTime(natives()).forThisThread();

        long before = beans.nowNs();
        long between = systems.nowNs();
        long after = beans.nowNs();
        assertThat(between).isBetween(before, after);
    }

    @Test
    void shouldNotAdvanceWhileTheThreadSleeps() throws InterruptedException {
        CpuTime reader = new SystemCallCpuTime(natives()).forThisThread();
        long before = reader.nowNs();
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(reader.nowNs() - before).isBetween(0L, 50_000_000L);
    }

    /** Native memory can never be given back: threads that come and go must share it. */
    @Test
    void shouldUseTheMemoryOfEndedThreadsAgain() {
        SystemCallCpuTime clock = new SystemCallCpuTime(natives());
        for (int i = 0; i < 100_000; i++) {
            CpuTime reader = clock.forThisThread();
            assertThat(reader.nowNs()).isPositive();
            reader.close();
        }
    }

    @Test
    void shouldSayUnknownWhenTheBeanIsSwitchedOff() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadCpuTimeSupported(), "this JVM cannot tell the CPU time of a thread");
        CpuTime reader = new MxBeanCpuTime().forThisThread();
        boolean was = threads.isThreadCpuTimeEnabled();
        threads.setThreadCpuTimeEnabled(false);
        try {
            assertThat(reader.nowNs()).isEqualTo(CpuTime.UNKNOWN);
        } finally {
            threads.setThreadCpuTimeEnabled(was);
        }
        assertThat(reader.nowNs()).isPositive();
    }
}
