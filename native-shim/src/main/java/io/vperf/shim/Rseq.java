package io.vperf.shim;

import com.kenai.jffi.Library;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Restartable sequences ({@code rseq(2)}): a few words per native thread that the kernel keeps up to date on its way back
 * to user space. vperf enters no such sequence. It stores the address of a descriptor in {@code rseq_cs}, and the kernel,
 * finding the thread outside the sequence described, clears the field when it preempts or migrates the thread (and, up to
 * 6.18, when the thread blocks).
 *
 * <p>Relied upon, from {@code kernel/rseq.c}:
 *
 * <ol>
 *   <li>A descriptor is 32 bytes, aligned to 32: version and flags (0), start, length, abort address. The four bytes before
 *       the abort address hold the signature given at registration, and the abort address lies outside of the sequence;
 *       otherwise the kernel kills the process. Ours has a page to itself, read-only and never freed.
 *   <li>A thread has one registration. It ends with the thread or by its own call, survives fork and not exec.
 *   <li>Registering the same area again answers EBUSY.
 * </ol>
 */
public final class Rseq {

    /** Offset of the number of the vCPU the thread runs on, 32 bits. */
    static final int CPU_ID = 4;

    /** Offset of the descriptor's address, 64 bits. */
    public static final int CS = 8;

    /** Size of a registration of the original layout. */
    public static final int BYTES = 32;

    private static final int FLAG_UNREGISTER = 1;
    private static final int EBUSY = 16;
    private static final int AT_RSEQ_FEATURE_SIZE = 27;

    /** The largest page there is on these processors. */
    private static final int PAGE = 1 << 16;

    private static final int PROT_READ = 1;

    private final LibC libc;
    private final LongSupplier threadPointer;
    private final Processor processor;
    private final long descriptor;
    private final @Nullable Long glibcOffset;
    private final Errno errno;

    /**
     * Areas we have registered, by native thread id. Never freed: that a Java thread has ended does not mean that its native
     * thread has. A thread with the id of one that has ended takes over its area, so there are no more than ids.
     */
    private final Map<Long, NativeMemory> own = new ConcurrentHashMap<>();

    /** @param signature what glibc has registered with, and librseq; other users of the process expect it */
    private record Processor(int rseq, int gettid, int signature) {

        static @Nullable Processor here() {
            return switch (System.getProperty("os.arch")) {
                case "amd64", "x86_64" -> new Processor(334, 186, 0x53053053);
                case "aarch64" -> new Processor(293, 178, 0xd428bc00);
                default -> null;
            };
        }
    }

    /**
     * A thread's registered area.
     *
     * @param buffer its {@value #BYTES} bytes, which are the kernel's to write; gone when the native thread has ended
     * @param owner who has registered it
     */
    public record Area(ByteBuffer buffer, String owner) {}

    private Rseq(LibC libc, LongSupplier threadPointer, Processor processor, long descriptor, Errno errno) {
        this.libc = libc;
        this.threadPointer = threadPointer;
        this.processor = processor;
        this.descriptor = descriptor;
        this.errno = errno;
        this.glibcOffset = glibcOffset();
    }

    static Capability<Rseq> of(LibC libc, Capability<Shim> shim) {
        Processor processor = Processor.here();
        if (processor == null) {
            return Capability.unavailable("rseq is not known for " + System.getProperty("os.arch"), "");
        }
        LongSupplier threadPointer;
        if (shim instanceof Capability.Available<Shim> loaded) {
            threadPointer = loaded.value()::vperf_thread_pointer;
        } else if (processor.rseq == 334) {
            threadPointer = libc::pthread_self;
        } else {
            return Capability.unavailable("the thread pointer cannot be told without the C shim", "");
        }
        Errno errno = new Errno(libc);
        NativeMemory memory = NativeMemory.allocate(PAGE, PAGE);
        long page = memory.address();
        ByteBuffer bytes = memory.buffer();
        bytes.putLong(8, page + 128); // start: data that is not executable, so nobody is ever inside
        bytes.putLong(16, 1); // length
        bytes.putInt(64 - Integer.BYTES, processor.signature);
        bytes.putLong(24, page + 64); // abort address
        if (libc.mprotect(page, PAGE, PROT_READ) != 0) {
            return Capability.unavailable(
                    "the rseq descriptor cannot be made read-only: " + Errno.name(errno.last()), "");
        }
        return Capability.available(new Rseq(libc, threadPointer, processor, page, errno));
    }

    /** What to store in {@code rseq_cs}. */
    public long descriptor() {
        return descriptor;
    }

    /** The calling native thread's area: the registered one, or one of our own where nobody has registered any. */
    public Capability<Area> area() {
        if (glibcOffset != null) {
            ByteBuffer area = NativeMemory.view(threadPointer.getAsLong() + glibcOffset, BYTES);
            if (area.getInt(CPU_ID) >= 0) { // negative: not registered, or refused
                return Capability.available(new Area(area, "glibc"));
            }
        }
        NativeMemory area = own.computeIfAbsent(
                libc.syscall(processor.gettid, 0, 0, 0, 0, 0, 0), id -> NativeMemory.allocate(BYTES, BYTES));
        return rseq(area.address(), BYTES, 0) == 0 || errno.last() == EBUSY
                ? Capability.available(new Area(area.buffer(), "vperf"))
                : refused();
    }

    /**
     * Registers the calling thread's glibc area anew with the original {@value #BYTES} bytes. From 6.19 on a kernel treats
     * longer registrations by newer rules, under which a thread that blocks may keep {@code rseq_cs}.
     */
    public Capability<Area> areaOfOriginalSize() {
        if (glibcOffset == null) {
            return area();
        }
        long address = threadPointer.getAsLong() + glibcOffset;
        long registeredBytes = 0;
        for (long bytes : new long[] {BYTES, featureBytes()}) {
            if (rseq(address, bytes, FLAG_UNREGISTER) == 0) {
                registeredBytes = bytes;
                break;
            }
        }
        if (registeredBytes == 0) {
            return Capability.unavailable(
                    "glibc's rseq registration could not be taken back: " + Errno.name(errno.last()), "");
        }
        if (rseq(address, BYTES, 0) == 0) {
            return Capability.available(new Area(NativeMemory.view(address, BYTES), "glibc, registered anew"));
        }
        Capability<Area> refused = refused();
        long ignored = rseq(address, registeredBytes, 0);
        return refused;
    }

    /** What a glibc that knows extended registrations asks for: the kernel's size, rounded up to 32. */
    private long featureBytes() {
        return (libc.getauxval(AT_RSEQ_FEATURE_SIZE) + BYTES - 1) / BYTES * BYTES;
    }

    private long rseq(long address, long bytes, int flags) {
        return libc.syscall(processor.rseq, address, bytes, flags, processor.signature & 0xFFFFFFFFL, 0, 0);
    }

    private Capability<Area> refused() {
        int failure = errno.last();
        return switch (failure) {
            case Errno.ENOSYS ->
                Capability.unavailable(
                        "the kernel has no rseq (ENOSYS)", "A kernel since 4.18 with CONFIG_RSEQ has it.");
            case Errno.EPERM ->
                Capability.unavailable(
                        "the rseq system call is forbidden (EPERM)", "Allow rseq in the container's seccomp profile.");
            case Errno.EINVAL ->
                Capability.unavailable("another library has registered rseq for this thread (EINVAL)", "");
            default -> Capability.unavailable("the rseq system call failed with " + Errno.name(failure), "");
        };
    }

    /** What to add to the thread pointer, or null where the C library does not register (glibc before 2.35, musl). */
    private static @Nullable Long glibcOffset() {
        Library library = Library.getCachedInstance("libc.so.6", Library.LAZY);
        if (library == null) {
            return null;
        }
        long size = library.getSymbolAddress("__rseq_size");
        long offset = library.getSymbolAddress("__rseq_offset");
        if (size == 0 || offset == 0 || NativeMemory.view(size, Integer.BYTES).getInt(0) == 0) {
            return null; // 0 bytes: GLIBC_TUNABLES=glibc.pthread.rseq=0, or the kernel refused
        }
        return NativeMemory.view(offset, Long.BYTES).getLong(0);
    }
}
