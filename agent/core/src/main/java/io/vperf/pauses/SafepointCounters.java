package io.vperf.pauses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vperf.shim.Capability;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own counts of its safepoints, read from its memory without a call: those that {@code jstat} shows. Absent with
 * {@code -XX:-UsePerfData}. The count is raised at a safepoint's begin, the time shortly after its end, both by the VM thread.
 *
 * <p>Format: {@code jdk.internal.perf.Perf} and HotSpot's {@code perfMemory.hpp}, version 2.0, JDK 17 to 25.
 */
final class SafepointCounters implements PauseCounters {

    private static final String COUNT = "sun.rt.safepoints";
    private static final String TIME = "sun.rt.safepointTime";
    private static final String FREQUENCY = "sun.os.hrt.frequency";

    private static final String REMEDY = "start without -XX:-UsePerfData";

    /** Native order of 0xcafec0c0, which is big-endian. */
    private static final int MAGIC = 0xcafec0c0;

    private static final int PROLOGUE_BYTES = 32;
    private static final int ENTRY_BYTES = 20;

    private final ByteBuffer memory;
    private final int countAt;
    private final int timeAt;

    private SafepointCounters(ByteBuffer memory, int countAt, int timeAt) {
        this.memory = memory;
        this.countAt = countAt;
        this.timeAt = timeAt;
    }

    static Capability<SafepointCounters> of(@Nullable Instrumentation instrumentation) {
        return JdkInside.open(instrumentation, "java.base", "jdk.internal.perf", "Perf")
                .then(SafepointCounters::of);
    }

    private static Capability<SafepointCounters> of(Class<?> perf) {
        try {
            Object door = perf.getMethod("getPerf").invoke(null);
            return in(attach(perf, door));
        } catch (InvocationTargetException e) {
            return Capability.unavailable("the JVM's counters: " + e.getCause(), REMEDY);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Capability.unavailable("the JVM's counters: " + e, REMEDY);
        }
    }

    private static ByteBuffer attach(Class<?> perf, Object door) throws ReflectiveOperationException {
        int ownJvm = 0;
        Method attach;
        try {
            attach = perf.getMethod("attach", int.class);
        } catch (NoSuchMethodException e) {
            return (ByteBuffer)
                    perf.getMethod("attach", int.class, String.class).invoke(door, ownJvm, "r"); // until JDK 21
        }
        return (ByteBuffer) attach.invoke(door, ownJvm);
    }

    static Capability<SafepointCounters> in(ByteBuffer memory) {
        if (memory.capacity() < PROLOGUE_BYTES
                || memory.order(ByteOrder.BIG_ENDIAN).getInt(0) != MAGIC) {
            return Capability.unavailable("this JVM keeps no counters", REMEDY);
        }
        memory.order(memory.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int count = find(memory, COUNT);
        int time = find(memory, TIME);
        int frequency = find(memory, FREQUENCY);
        // The JVM adds the frequency after agents were started (premain); Linux has no other (os::elapsed_frequency).
        boolean isOther = frequency >= 0 && memory.getLong(frequency) != 1_000_000_000;
        if (count < 0 || time < 0 || isOther) {
            return Capability.unavailable("among this JVM's counters are none of its safepoints in nanoseconds", "");
        }
        return Capability.available(new SafepointCounters(memory, count, time));
    }

    /** Where the value of 64 bits is, or -1. */
    private static int find(ByteBuffer memory, String name) {
        byte[] wanted = (name + '\0').getBytes(ISO_8859_1);
        int entry = memory.getInt(24);
        for (int left = memory.getInt(28); left > 0; left--) {
            int length = entry >= PROLOGUE_BYTES && entry <= memory.capacity() - ENTRY_BYTES ? memory.getInt(entry) : 0;
            if (length < ENTRY_BYTES || length > memory.capacity() - entry) {
                return -1;
            }
            int nameAt = memory.getInt(entry + 4);
            int valueAt = memory.getInt(entry + 16);
            if (memory.get(entry + 12) == 'J'
                    && nameAt >= ENTRY_BYTES
                    && nameAt <= length - wanted.length
                    && valueAt >= ENTRY_BYTES
                    && valueAt <= length - Long.BYTES
                    && memory.slice(entry + nameAt, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                return entry + valueAt;
            }
            entry += length;
        }
        return -1;
    }

    @Override
    public long count() {
        return memory.getLong(countAt);
    }

    @Override
    public long timeNs() {
        return memory.getLong(timeAt);
    }
}
