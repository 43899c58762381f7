package io.vperf.platform;

/**
 * Where the kernel books the time of interrupts (CONFIG_IRQ_TIME_ACCOUNTING; {@code irqtime_account_irq},
 * kernel/sched/cputime.c).
 */
public enum InterruptTime {
    /** To the thread they come upon: it is in CPU time. */
    CHARGED,
    /** To no thread: a gap between wall and CPU time may be an interrupt. The irq and softirq columns tell how much there was. */
    APART,
    /** One or the other. */
    UNKNOWN
}
