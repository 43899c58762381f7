package io.vperf.sim;

/**
 * One vCPU's line of /proc/stat as Linux keeps it, in nanoseconds; the columns are shown in whole ticks of USER_HZ.
 *
 * <p>The rules, all of kernel/sched/cputime.c unless said. At each tick that the vCPU handles, {@code
 * account_process_tick}: what the steal clock says above what was booked is booked; then, with IRQ_TIME_ACCOUNTING, what
 * interrupts took; and what these leave of one tick goes to whatever the tick interrupted. Ticks that fall due while the
 * vCPU is stolen are handled once, when it runs again. An idle vCPU has no ticks (NO_HZ); if any was left out, its steal is
 * booked as it leaves idle ({@code tick_nohz_account_idle_time}, kernel/time/tick-sched.c). The idle column is no sum of
 * ticks but the time between going idle and leaving it, and counts up while the vCPU sleeps ({@code get_idle_time},
 * fs/proc/stat.c): it moves although steal that is due has not been booked.
 */
final class CpuAccounts {

    /** What the tick interrupted. */
    enum Mode {
        USER,
        SOFTIRQ,
        IDLE
    }

    private final Kernel kernel;

    // The truth so far, which the vCPU adds to.
    long stolenNs;
    long hardirqNs;
    long softirqNs;
    long ranNs;

    /** Idle, and waking up from it. */
    long idleNs;

    private long bookedStealNs;
    private long bookedHardirqNs;
    private long bookedSoftirqNs;
    private long userNs;
    private long sampledSoftirqNs;

    CpuAccounts(Kernel kernel) {
        this.kernel = kernel;
    }

    void tick(Mode mode) {
        long tickNs = kernel.tickNs();
        long otherNs = bookSteal();
        if (kernel.irqTime()) {
            otherNs += bookInterrupts();
        }
        if (otherNs < tickNs) {
            switch (mode) {
                case USER -> userNs += tickNs - otherNs;
                case SOFTIRQ -> sampledSoftirqNs += tickNs - otherNs;
                case IDLE -> {} // the column is made otherwise
            }
        }
    }

    /** The vCPU runs again after it was idle. */
    void leaveIdle(boolean ticksLeftOut) {
        if (ticksLeftOut) {
            bookSteal();
            if (kernel.irqTime()) {
                bookInterrupts();
            }
        }
    }

    private long bookSteal() {
        long newNs = stolenNs - bookedStealNs;
        bookedStealNs = stolenNs;
        return newNs;
    }

    private long bookInterrupts() {
        long newNs = hardirqNs - bookedHardirqNs + softirqNs - bookedSoftirqNs;
        bookedHardirqNs = hardirqNs;
        bookedSoftirqNs = softirqNs;
        return newNs;
    }

    long userTicks() {
        return ticks(userNs);
    }

    long idleTicks() {
        return ticks(idleNs);
    }

    long irqTicks() {
        return ticks(bookedHardirqNs);
    }

    long softirqTicks() {
        return ticks(kernel.irqTime() ? bookedSoftirqNs : sampledSoftirqNs);
    }

    long stealTicks() {
        return ticks(bookedStealNs);
    }

    private static long ticks(long ns) {
        return ns / Kernel.USER_TICK_NS;
    }
}
