package io.vperf.linux;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One sample of {@code /proc/stat}, per vCPU number. Reused by its owner: it grows to the highest vCPU seen and then
 * allocates no more. Filled by {@link ProcStat} and read by one thread, the sampler's; not safe for others.
 *
 * <p>A sample is good as a whole or not at all. After a failed one only {@link #good} and {@link #failure} may be asked;
 * the previous sample, if it is wanted, belongs in another instance.
 */
public final class CpuTicks {

    private static final int COLUMNS = CpuColumn.COUNT;

    private long[] ticks = new long[0];
    private boolean[] present = new boolean[0];
    private int limit;
    private int presentCount;
    private int columns;
    private @Nullable String failure = "no sample was taken yet";

    /** Whether the last sample was read and understood completely. */
    public boolean good() {
        return failure == null;
    }

    /** Why the last sample is not good, for a person to read; null where it is. */
    public @Nullable String failure() {
        return failure;
    }

    /** The highest vCPU number of the sample plus one. Numbers below it may be absent. */
    public int limit() {
        check(good());
        return limit;
    }

    /** How many vCPUs the sample holds: those that were online. */
    public int presentCount() {
        check(good());
        return presentCount;
    }

    /** Whether a vCPU was online, that is, had a line. Any number may be asked. */
    public boolean present(int cpu) {
        check(good());
        return cpu >= 0 && cpu < limit && present[cpu];
    }

    /** Whether this kernel writes a steal column at all. Says nothing about whether its value can be believed. */
    public boolean stealKnown() {
        check(good());
        return hasSteal();
    }

    /**
     * Time since boot in ticks of {@link UserHz#TICK_NS}, 0 or more. May be less than in an earlier sample.
     *
     * @param cpu the number of a vCPU that is present
     * @throws IllegalStateException for what is not known: a failed sample, an absent vCPU, a missing steal column
     */
    public long ticks(int cpu, CpuColumn column) {
        check(present(cpu) && (hasSteal() || column != CpuColumn.STEAL));
        return ticks[cpu * COLUMNS + column.index];
    }

    /** Whether some vCPU has a steal that is not 0, which proves that a source of it exists. */
    public boolean anySteal() {
        if (!good() || !hasSteal()) {
            return false;
        }
        for (int cpu = 0; cpu < limit; cpu++) {
            if (present[cpu] && ticks[cpu * COLUMNS + CpuColumn.STEAL.index] != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean hasSteal() {
        return columns > CpuColumn.STEAL.index;
    }

    private static void check(boolean known) {
        if (!known) {
            throw new IllegalStateException("asked for ticks that are not known; check good, present and stealKnown");
        }
    }

    void begin() {
        failure = "the sample is being read";
        Arrays.fill(present, false);
        limit = 0;
        presentCount = 0;
        columns = 0;
    }

    /** Makes room for a vCPU and marks it present; false if it was already. */
    boolean add(int cpu) {
        if (cpu >= present.length) {
            int room = Math.max(cpu + 1, present.length * 2);
            present = Arrays.copyOf(present, room);
            ticks = Arrays.copyOf(ticks, room * COLUMNS);
        }
        if (present[cpu]) {
            return false;
        }
        present[cpu] = true;
        presentCount++;
        limit = Math.max(limit, cpu + 1);
        return true;
    }

    void set(int cpu, int column, long value) {
        ticks[cpu * COLUMNS + column] = value;
    }

    /** How many columns the lines have; 0 before the first line is complete. */
    int columns() {
        return columns;
    }

    void columns(int count) {
        columns = count;
    }

    void succeed() {
        failure = null;
    }

    void fail(String reason) {
        failure = reason;
    }
}
