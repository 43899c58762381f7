package io.vperf.clock;

import io.vperf.shim.Capability;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Where threads learn from the JVM for how long they were blocked: {@link ThreadInfo}, whose times HotSpot keeps once somebody has
 * switched thread contention monitoring on. That costs a blocking thread two readings of a clock, and nobody else anything.
 *
 * <p>The management classes take some 30 ms to load, so a thread of vperf's own does it, once a thread has been off its CPU for
 * a while. Measured on JDK 17 and 25: 0.6 µs and 152 bytes a question.
 */
final class JvmBlocks {

    /** No thread's number. */
    private static final long NOBODY = 0;

    private static final long NS_PER_MS = 1_000_000;

    private volatile boolean wanted;
    private volatile @Nullable ThreadMXBean threads;
    private volatile Capability<String> state = isManaged()
            ? Capability.available("ThreadMXBean, to the millisecond")
            : Capability.unavailable(
                    "the module java.management is not in this JVM",
                    "--add-modules java.management, at jlink or at start");

    /** Not found so. Written before {@link #threads}, read after it. */
    private boolean switchedOn;

    private boolean tried;

    private static boolean isManaged() {
        return ModuleLayer.boot().findModule("java.management").isPresent();
    }

    /** To be called every so often by a thread of vperf's own. */
    synchronized void lookAfter() {
        if (!wanted || tried || !isManaged()) {
            return;
        }
        tried = true;
        try {
            ThreadMXBean bean = ManagementFactory.getThreadMXBean();
            if (!bean.isThreadContentionMonitoringSupported()) {
                state = Capability.unavailable("this JVM does not tell it", "");
                return;
            }
            if (!bean.isThreadContentionMonitoringEnabled()) {
                bean.setThreadContentionMonitoringEnabled(true);
                switchedOn = true;
            }
            ThreadInfo own = bean.getThreadInfo(ownId());
            if (own != null && own.getBlockedTime() >= 0) {
                threads = bean;
            }
        } catch (RuntimeException | LinkageError e) {
            state = Capability.unavailable("the JVM's ThreadMXBean refuses: " + e, "");
        }
    }

    /** The run is about to end: nobody is asked who has not been yet. */
    synchronized void ends() {
        tried = true;
    }

    /** Where it comes from by now, or why nobody tells. */
    Capability<String> state() {
        return state;
    }

    /** Leaves the JVM as it was found. */
    synchronized void close() {
        ThreadMXBean bean = threads;
        threads = null;
        tried = true;
        if (bean != null && switchedOn) {
            bean.setThreadContentionMonitoringEnabled(false);
        }
    }

    /** The calling thread's; before JDK 19 an application's own class of threads may answer with any other, and is not asked. */
    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static long ownId() {
        Thread own = Thread.currentThread();
        try {
            boolean known = own.getClass().getMethod("getId").getDeclaringClass() == Thread.class;
            return known ? own.getId() : NOBODY;
        } catch (NoSuchMethodException | RuntimeException | LinkageError e) {
            return NOBODY; // its methods name classes that are not there
        }
    }

    /** For the calling thread alone. */
    BlockTimes forThisThread() {
        return new BlockTimes() {

            private final long id = ownId();
            private boolean begun;

            // From before it was asked first: somebody else may have had the times kept for hours.
            private long monitorMsBefore;
            private long waitingMsBefore;

            private long monitorNs;
            private long waitingNs;

            @Override
            public boolean isReady() {
                return threads != null;
            }

            @Override
            public boolean read() {
                ThreadMXBean bean = threads;
                if (bean == null) {
                    wanted = true;
                    return false;
                }
                ThreadInfo info = id == NOBODY ? null : bean.getThreadInfo(id);
                if (info == null || info.getBlockedTime() < 0) {
                    return false; // switched off by somebody, who may switch it on again
                }
                if (!begun && !switchedOn) {
                    monitorMsBefore = info.getBlockedTime();
                    waitingMsBefore = info.getWaitedTime();
                }
                begun = true;
                monitorNs = (info.getBlockedTime() - monitorMsBefore) * NS_PER_MS;
                waitingNs = (info.getWaitedTime() - waitingMsBefore) * NS_PER_MS;
                return true;
            }

            @Override
            public long monitorNs() {
                return monitorNs;
            }

            @Override
            public long waitingNs() {
                return waitingNs;
            }
        };
    }
}
