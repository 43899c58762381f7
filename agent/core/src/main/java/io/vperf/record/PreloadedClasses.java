package io.vperf.record;

import io.vperf.clock.OffCpuTimes;
import io.vperf.explain.OffCpu;
import java.util.List;

/**
 * Classes of the JDK that lie on a probe's way and that the JVM does not load before a call there fails: types that handlers
 * name, among others. The first failure may be a stack overflow, and then transformers of agents have no room to answer
 * for the class: the JVM prints ASSERTION FAILED, by java.lang.instrument. So they are loaded before. Found by {@code
 * -Xlog:class+load}, whose line follows that one.
 */
final class PreloadedClasses {

    private static final List<String> NAMES = List.of(
            // Around an access to native memory by VarHandle or ByteBuffer; JDK 17, and later ones.
            "jdk.internal.misc.ScopedMemoryAccess$Scope",
            "jdk.internal.misc.ScopedMemoryAccess$Scope$ScopedAccessError",
            "jdk.internal.misc.ScopedMemoryAccess$ScopedAccessError",
            "jdk.internal.access.foreign.MemorySegmentProxy",
            "jdk.internal.foreign.MemorySessionImpl",
            "jdk.internal.foreign.AbstractMemorySegmentImpl",
            // PrintStream's: not the probe's, but what an application that prints at the end of its stack comes upon.
            "java.io.InterruptedIOException");

    /**
     * What counters and maps of the JDK come upon when two threads meet. Initialised too: an initialiser that finds the stack
     * full makes its class unusable for the rest of the JVM's life, for the application as well.
     */
    private static final List<String> INITIALISED = List.of(
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.atomic.Striped64$Cell",
            "java.util.concurrent.ConcurrentHashMap$CounterCell",
            "java.util.concurrent.ConcurrentHashMap$ForwardingNode",
            "java.util.concurrent.ConcurrentHashMap$ReservationNode",
            "java.util.concurrent.ConcurrentHashMap$TreeBin",
            "java.util.concurrent.ConcurrentHashMap$TreeNode");

    /** vperf's own that no call of a rehearsal comes upon: they are of threads that wait, or are virtual. */
    private static final List<Class<?>> OWN = List.of(
            WaitsBefore.class, VirtualAccount.class, VirtualThreads.class, OffCpuTimes.Sums.class, OffCpu.class);

    private PreloadedClasses() {}

    /**
     * Loads them.
     *
     * @return those of vperf's own: to name them is to load them
     */
    static List<Class<?>> load() {
        NAMES.forEach(name -> load(name, false));
        INITIALISED.forEach(name -> load(name, true));
        return OWN;
    }

    private static void load(String name, boolean initialise) {
        try {
            Class.forName(name, initialise, null);
        } catch (ClassNotFoundException e) {
            // Another JDK's.
        }
    }
}
