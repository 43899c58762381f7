package io.vperf.sim;

/**
 * How the guest's kernel was built.
 *
 * @param excludesSteal CONFIG_PARAVIRT_TIME_ACCOUNTING: steal is not charged to the thread it hit
 * @param hz ticks a second
 * @param irqTime CONFIG_IRQ_TIME_ACCOUNTING: interrupts are counted in nanoseconds and not charged to the interrupted thread
 */
public record Kernel(boolean excludesSteal, int hz, boolean irqTime) {

    /** USER_HZ: /proc/stat counts in hundredths of a second, whatever HZ is. */
    public static final long USER_TICK_NS = 10_000_000;

    public static Kernel excludes(int hz) {
        return new Kernel(true, hz, false);
    }

    public static Kernel includes(int hz) {
        return new Kernel(false, hz, false);
    }

    public Kernel withIrqTime() {
        return new Kernel(excludesSteal, hz, true);
    }

    public long tickNs() {
        return 1_000_000_000L / hz;
    }
}
