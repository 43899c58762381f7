package io.vperf.shim;

import java.nio.file.Path;

/**
 * Opens a {@link PerfPage} for each native thread that asks. The event behind it is a per-thread software event that
 * counts nothing; the page alone is wanted, for the kernel touches it at every switch. No privilege is needed up to
 * {@code kernel.perf_event_paranoid=2}, since neither the kernel nor other threads are looked at.
 *
 * <p>What a page takes, measured on Linux 6.18, 2 vCPUs: 25 µs to open (where nobody on the machine uses perf 6-15 ms:
 * the kernel then patches the scheduler to call it), 0.6-0.9 µs more at each switch of that thread, no file descriptor
 * (the mapping keeps the event alive), one mapping, and one page of locked memory, of which all processes of a user
 * together may have {@code kernel.perf_event_mlock_kb} per vCPU, and RLIMIT_MEMLOCK each.
 *
 * <p>Any thread may call. A forked child has neither mapping nor descriptor: the kernel leaves them out.
 */
public final class PerfPages {

    /** Numbers of system calls; mmap is one, too, since its six parameters are one too many for {@link LibC}. */
    private record Numbers(long perfEventOpen, long mmap) {
        static final Numbers X86_64 = new Numbers(298, 9);
        static final Numbers AARCH64 = new Numbers(241, 222);
    }

    private static final int THIS_THREAD = 0;
    private static final int ANY_VCPU = -1;
    private static final int NO_GROUP = -1;
    private static final long CLOSE_ON_EXEC = 8;

    private static final int PROT_READ = 1;
    private static final int MAP_SHARED = 1;

    private final LibC libc;
    private final Numbers numbers;
    private final NativeMemory attributes;
    private final PerfRefusal refusal;
    private final Errno errno;

    private PerfPages(LibC libc, Numbers numbers, NativeMemory attributes, PerfRefusal refusal) {
        this.libc = libc;
        this.numbers = numbers;
        this.attributes = attributes;
        this.refusal = refusal;
        this.errno = new Errno(libc);
    }

    public static PerfPages of(Natives natives) {
        // Natives exist for two processors only. (Records' equals would cost 10 ms at its first use.)
        boolean x86 = Bundle.here().processor() instanceof Capability.Available<String> name
                && name.value().equals("x86_64");
        return new PerfPages(
                natives.libc(),
                x86 ? Numbers.X86_64 : Numbers.AARCH64,
                PerfAttributes.dummy(natives),
                new PerfRefusal(Path.of("/proc")));
    }

    /** A page for the calling native thread (under a virtual thread: its carrier), or why it can have none. */
    public Capability<PerfPage> open() {
        long fd = libc.syscall(
                numbers.perfEventOpen(), attributes.address(), THIS_THREAD, ANY_VCPU, NO_GROUP, CLOSE_ON_EXEC, 0);
        if (fd < 0) {
            return refusal.ofEvent(errno.last());
        }
        long address = libc.syscall(numbers.mmap(), 0, PerfPage.BYTES, PROT_READ, MAP_SHARED, fd, 0);
        int failure = errno.last();
        int ignored = libc.close((int) fd);
        return address == -1 ? refusal.ofPage(failure) : Capability.available(new PerfPage(libc, address));
    }
}
