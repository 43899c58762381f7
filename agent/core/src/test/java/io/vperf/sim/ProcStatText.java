package io.vperf.sim;

import java.nio.charset.StandardCharsets;

/** The guest's /proc/stat, as fs/proc/stat.c writes it; with faults of hypervisors and old kernels on demand. */
public final class ProcStatText {

    private final Guest guest;
    private final long[] stealOffset;
    private final boolean[] offline;

    public ProcStatText(Guest guest) {
        this.guest = guest;
        this.stealOffset = new long[guest.vcpus()];
        this.offline = new boolean[guest.vcpus()];
    }

    /** The steal column of a vCPU jumps by so many ticks, as after a live migration. */
    public void jump(int vcpu, long ticks) {
        stealOffset[vcpu] =
                Math.max(stealOffset[vcpu] + ticks, -guest.accounts(vcpu).stealTicks());
    }

    /** A vCPU has no line. */
    public void offline(int vcpu, boolean is) {
        offline[vcpu] = is;
    }

    /** The file's bytes now. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(64 * (guest.vcpus() + 2)).append("cpu  0 0 0 0 0 0 0 0 0 0\n");
        for (int vcpu = 0; vcpu < guest.vcpus(); vcpu++) {
            CpuAccounts accounts = guest.accounts(vcpu);
            if (offline[vcpu]) {
                continue;
            }
            text.append("cpu").append(vcpu).append(' ').append(accounts.userTicks());
            text.append(" 0 0 ").append(accounts.idleTicks()).append(" 0 ");
            text.append(accounts.irqTicks()).append(' ').append(accounts.softirqTicks());
            text.append(' ').append(accounts.stealTicks() + stealOffset[vcpu]).append(" 0 0\n");
        }
        return text.append("intr 0\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
