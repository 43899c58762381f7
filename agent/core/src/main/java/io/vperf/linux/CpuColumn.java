package io.vperf.linux;

/**
 * The columns of a {@code cpuN} line of {@code /proc/stat}, in the kernel's order (fs/proc/stat.c), each the time since
 * boot in ticks of {@link UserHz#TICK_NS}. The two that may follow, guest and guest_nice, are contained in
 * {@link #USER} and {@link #NICE} and therefore left out.
 */
public enum CpuColumn {
    USER(0),
    NICE(1),
    SYSTEM(2),
    /** May run backwards when a vCPU goes offline and comes back. */
    IDLE(3),
    /** May run backwards: the tasks that wait for a disk belong to no vCPU for good. */
    IOWAIT(4),
    IRQ(5),
    SOFTIRQ(6),
    /** Since Linux 2.6.11; 0 also where no hypervisor tells the kernel of any. */
    STEAL(7);

    static final int COUNT = 8;

    /** The place in the line, from 0. */
    final int index;

    CpuColumn(int index) {
        this.index = index;
    }
}
