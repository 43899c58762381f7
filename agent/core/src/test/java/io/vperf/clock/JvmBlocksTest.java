package io.vperf.clock;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What the JVM itself says of this test's own threads. */
class JvmBlocksTest {

    private static final long MS = 1_000_000;

    private final ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    private final boolean before = bean.isThreadContentionMonitoringEnabled();
    private final JvmBlocks blocks = new JvmBlocks();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @BeforeEach
    void switchOff() {
        bean.setThreadContentionMonitoringEnabled(false);
    }

    @AfterEach
    void leaveAsItWas() {
        other.shutdownNow();
        bean.setThreadContentionMonitoringEnabled(before);
    }

    private static void park(long ms) throws InterruptedException {
        Thread.sleep(ms);
    }

    /** Waits for a monitor that another thread holds, for at least so long. */
    private void contend(long ms) throws Exception {
        Object lock = new Object();
        CountDownLatch held = new CountDownLatch(1);
        Thread self = Thread.currentThread();
        Future<?> holder = other.submit(() -> {
            synchronized (lock) {
                held.countDown();
                while (self.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                Thread.sleep(ms);
                return null;
            }
        });
        held.await();
        synchronized (lock) {
            holder.get();
        }
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_18, disabledReason = "Thread.getId() is final since JDK 19")
    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    void shouldNotTellTheTimesOfTheThreadWhoseNumberAnotherOneClaims() throws Exception {
        blocks.forThisThread().read();
        blocks.lookAfter();
        boolean[] told = {true};
        Runnable read = () -> told[0] = blocks.forThisThread().read();
        Thread claims = new ByteBuddy()
                .subclass(Thread.class)
                .method(named("getId"))
                .intercept(FixedValue.value(Thread.currentThread().getId()))
                .make()
                .load(getClass().getClassLoader())
                .getLoaded()
                .getConstructor(Runnable.class)
                .newInstance(read);
        claims.start();
        claims.join();

        assertThat(told[0]).isFalse();
        read.run();
        assertThat(told[0]).isTrue();
    }

    @Test
    void shouldTellMonitorsFromOtherWaiting() throws Exception {
        BlockTimes own = blocks.forThisThread();
        assertThat(own.isReady()).isFalse();
        assertThat(own.read()).as("that somebody is set to work").isFalse();
        assertThat(bean.isThreadContentionMonitoringEnabled())
                .as("not by an application's thread")
                .isFalse();
        blocks.lookAfter();
        assertThat(own.isReady()).isTrue();
        assertThat(own.read()).isTrue();
        long monitorNs = own.monitorNs();
        long waitingNs = own.waitingNs();

        contend(50);
        park(30);
        assertThat(own.read()).isTrue();
        assertThat(own.monitorNs() - monitorNs).isGreaterThanOrEqualTo(49 * MS);
        assertThat(own.waitingNs() - waitingNs).isGreaterThanOrEqualTo(29 * MS);
        assertThat(blocks.state()).isInstanceOf(Capability.Available.class);
    }

    @Test
    void shouldDoNothingUntilSomebodyAsks() {
        blocks.lookAfter();
        assertThat(bean.isThreadContentionMonitoringEnabled()).isFalse();
        assertThat(blocks.forThisThread().isReady()).isFalse();
    }

    @Test
    void shouldLeaveTheJvmAsItWasFound() {
        blocks.forThisThread().read();
        blocks.lookAfter();
        assertThat(bean.isThreadContentionMonitoringEnabled()).isTrue();
        blocks.close();
        assertThat(bean.isThreadContentionMonitoringEnabled()).isFalse();
        blocks.lookAfter();
        assertThat(bean.isThreadContentionMonitoringEnabled()).isFalse();
        assertThat(blocks.forThisThread().read()).isFalse();
    }

    @Test
    void shouldLeaveOnWhatSomebodyElseHasSwitchedOn() {
        bean.setThreadContentionMonitoringEnabled(true);
        blocks.forThisThread().read();
        blocks.lookAfter();
        blocks.close();
        assertThat(bean.isThreadContentionMonitoringEnabled()).isTrue();
    }

    /** An application may have had the times kept since it began: what a thread did long ago is no call's of now. */
    @Test
    void shouldNotTellWhatWasBeforeItWasAsked() throws Exception {
        bean.setThreadContentionMonitoringEnabled(true);
        Thread thread = new Thread(() -> {
            try {
                park(60);
                BlockTimes own = blocks.forThisThread();
                assertThat(own.read()).isFalse();
                blocks.lookAfter();
                assertThat(own.read()).isTrue();
                assertThat(own.waitingNs()).isZero();
                park(30);
                assertThat(own.read()).isTrue();
                assertThat(own.waitingNs()).isGreaterThanOrEqualTo(29 * MS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Throwable[] failed = new Throwable[1];
        thread.setUncaughtExceptionHandler((t, e) -> failed[0] = e);
        thread.start();
        thread.join();
        assertThat(failed[0]).isNull();
    }

    @Test
    void shouldTellNothingWhileSomebodyHasSwitchedItOff() {
        BlockTimes own = blocks.forThisThread();
        own.read();
        blocks.lookAfter();
        assertThat(own.read()).isTrue();
        bean.setThreadContentionMonitoringEnabled(false);
        assertThat(own.read()).isFalse();
        bean.setThreadContentionMonitoringEnabled(true);
        assertThat(own.read()).isTrue();
    }
}
